import { NO_STREAM } from "../bytes/web-body.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";

/** The body where it is a web stream. The `fetch` of another package (node-fetch) or runtime (React Native) may have none. */
export function webStreamOf({ body }: Response): Response["body"] {
  return typeof body?.getReader === "function" ? body : null;
}

/** Whether an answer could not be read since nothing streams: of the same `fetch`, the next one will be no other. */
export function isWithoutStream(error: unknown): boolean {
  return ResponseShapeError.is(error) && error.issues.includes(NO_STREAM);
}
