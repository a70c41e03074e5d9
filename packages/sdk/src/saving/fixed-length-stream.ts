interface StreamPair {
  readable: ReadableStream<Uint8Array>;
  writable: WritableStream<Uint8Array>;
}

type FixedLengthStreamClass = new (sizeBytes: number) => StreamPair;

/** Workers' own stream, which tells its reader how long it is; undefined in other runtimes. */
export function fixedLengthStreamClass(): FixedLengthStreamClass | undefined {
  return Reflect.get(globalThis, "FixedLengthStream");
}

/**
 * Gives a stream to what wants to know its length beforehand.
 * @throws what the source fails with, before what `take` makes of that
 */
export async function withLength<T>(
  source: ReadableStream<Uint8Array>,
  sizeBytes: number,
  take: (stream: ReadableStream<Uint8Array>) => Promise<T>,
): Promise<T> {
  const FixedLengthStream = fixedLengthStreamClass();
  if (FixedLengthStream === undefined) return take(source);
  const { readable, writable } = new FixedLengthStream(sizeBytes);
  const stop = new AbortController();
  const sent = source.pipeTo(writable, { signal: stop.signal });
  sent.catch(() => undefined);
  try {
    const taken = await take(readable);
    // It may have been content without reading; what is read is over by now.
    if (taken === null) stop.abort();
    return taken;
  } catch (error) {
    stop.abort(error);
    await sent;
    throw error;
  }
}
