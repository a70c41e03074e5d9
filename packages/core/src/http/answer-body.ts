import { ResponseShapeError } from "../errors/response-shape-error.ts";

const NO_STREAM = "answer: no web stream";

/** The body where it is a web stream. The `fetch` of another package (node-fetch) or runtime (React Native) may have none. */
export function webStreamOf({ body }: Response): Response["body"] {
  return typeof body?.getReader === "function" ? body : null;
}

/** Of an answer without a web stream: all of it as text. @throws ResponseShapeError where there is no way to it */
export async function textWithoutStream(response: Response, label: string): Promise<string> {
  if (typeof response.text === "function") return response.text();
  throw withoutStream(label, "has neither a web stream as its body nor text()");
}

/** @param what is missing of the answer */
export function withoutStream(label: string, what: string): ResponseShapeError {
  return new ResponseShapeError(`${label}: the answer of fetch ${what}. Pass a fetch whose answers stream.`, {
    issues: [NO_STREAM],
    raw: undefined,
  });
}

/** Whether an answer could not be read since nothing streams: of the same `fetch`, the next one will be no other. */
export function isWithoutStream(error: unknown): boolean {
  return ResponseShapeError.is(error) && error.issues.includes(NO_STREAM);
}
