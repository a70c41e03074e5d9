import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";

export function isAsyncIterable(source: unknown): source is AsyncIterable<unknown> {
  return typeof source === "object" && source !== null && Symbol.asyncIterator in source && !isGeneration(source);
}

/** A generation's chunks are no bytes. */
export function isGeneration(source: object): boolean {
  return "toResponse" in source;
}

/**
 * Reads an async iterable of bytes as it is pulled, and ends it when it is cancelled or gives something else.
 * @throws InvalidArgumentError for a Node stream that has been read already: what is left of it is not the file
 */
export function iterableStream(source: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  if ("readableDidRead" in source && source.readableDidRead === true) {
    throw new InvalidArgumentError("uploadFile: the source is being read already, or has been.");
  }
  let iterator: AsyncIterator<unknown> | undefined;
  const end = (): void => {
    // A Node stream that waits for data does not answer `return`, and one that was never read keeps its file open.
    if ("destroy" in source && typeof source.destroy === "function") source.destroy();
    else iterator?.return?.().catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        iterator ??= source[Symbol.asyncIterator]();
        const step = await iterator.next();
        if (step.done === true) {
          controller.close();
          return;
        }
        if (!ArrayBuffer.isView(step.value)) {
          end();
          throw new InvalidArgumentError(
            `uploadFile: the source must give bytes (Uint8Array), not ${typeof step.value}. A Node stream gives them without setEncoding and objectMode.`,
          );
        }
        controller.enqueue(viewBytes(step.value));
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

/** The bytes of any view, none of them copied. */
export function viewBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
