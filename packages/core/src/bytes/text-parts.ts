import { withSignal } from "../timing/with-signal.ts";

/**
 * The text of a body as it comes, a part for each that the network gives, also where it ends within a letter. Leaving the
 * loop cancels the body.
 * @param lost makes an error of why the body ended before its end
 */
export async function* textParts(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
  lost: (cause: unknown) => never,
): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await withSignal(reader.read(), signal).catch(lost);
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    // Not awaited: a platform may answer only when the other side does.
    void reader.cancel().catch(() => undefined);
  }
}
