import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { bytesOf } from "./bytes-of.ts";
import { isAsyncIterable, isStream } from "./source-shapes.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The body of a response as a web stream, whatever its `fetch` gives: node-fetch's is a Node stream, and React Native has
 * none, only `arrayBuffer()`.
 * @throws InvalidArgumentError where its bytes cannot be had at all
 */
export function webBody(response: Response): ReadableStream<Bytes> {
  const body: object | null | undefined = response.body;
  // A null is no body at all, as of a 204.
  if (response.body === null) return new ReadableStream({ start: (controller) => controller.close() });
  if (body !== undefined && isStream(response.body)) return response.body;
  const parts = isIterated(body) ? body[Symbol.asyncIterator]() : whole(response);
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(checked(value));
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

function checked(part: unknown): Bytes {
  const bytes = bytesOf(part);
  if (bytes === undefined) throw unreadable();
  return new Uint8Array(bytes);
}

async function* whole(response: Response): AsyncGenerator<Uint8Array> {
  if (typeof response.arrayBuffer !== "function") throw unreadable();
  yield new Uint8Array(await response.arrayBuffer());
}

function unreadable(): InvalidArgumentError {
  return new InvalidArgumentError(
    "The answers of this fetch have neither a body that can be read nor arrayBuffer(), so no file can be had by it.",
  );
}
