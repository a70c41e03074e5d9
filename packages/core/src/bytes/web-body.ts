import { ResponseShapeError } from "../errors/response-shape-error.ts";
import { bytesOf } from "./bytes-of.ts";
import { isAsyncIterable, isStream } from "./source-shapes.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The issue that errors of such answers name. */
export const NO_STREAM = "answer: no web stream";

/**
 * The body of a response as a web stream, whatever its `fetch` gives: node-fetch's is a Node stream, and React Native has
 * none, only `arrayBuffer()`.
 * @param label for the error, such as "GET /a.png"
 * @throws ResponseShapeError where its bytes cannot be had at all
 */
export function webBody(response: Response, label: string): ReadableStream<Bytes> {
  const body: object | null | undefined = response.body;
  // A null is no body at all, as of a 204.
  if (response.body === null) return new ReadableStream({ start: (controller) => controller.close() });
  if (body !== undefined && isStream(response.body)) return response.body;
  const parts = isIterated(body) ? body[Symbol.asyncIterator]() : whole(response, label);
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(checked(value, label));
      },
      async cancel() {
        await parts.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whether it comes part by part. */
export function hasParts({ body }: Response): boolean {
  return body === null || isIterated(body) || (body !== undefined && isStream(body));
}

function isIterated(body: object | null | undefined): body is AsyncIterable<unknown> {
  return body !== undefined && body !== null && isAsyncIterable(body);
}

function checked(part: unknown, label: string): Bytes {
  const bytes = bytesOf(part);
  if (bytes === undefined) throw withoutStream(label, "has neither a web stream as its body nor arrayBuffer()");
  return new Uint8Array(bytes);
}

async function* whole(response: Response, label: string): AsyncGenerator<Uint8Array> {
  if (typeof response.arrayBuffer === "function") yield new Uint8Array(await response.arrayBuffer());
  else if (typeof response.text === "function") yield new TextEncoder().encode(await response.text());
  else throw withoutStream(label, "has neither a web stream as its body nor arrayBuffer()");
}

/** @param what is missing of the answer */
export function withoutStream(label: string, what: string): ResponseShapeError {
  return new ResponseShapeError(`${label}: the answer of fetch ${what}. Pass a fetch whose answers stream.`, {
    issues: [NO_STREAM],
    raw: undefined,
  });
}
