/** What is enough for pictures that stand in a body as data URLs, and no danger to the process. */
export const maxBodyBytes: number = 32 * 1024 * 1024;

/**
 * The bytes of a body; undefined when there are more than that. The rest is read all the same and forgotten, since many
 * clients look for an answer only when they have sent everything.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  let pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size <= maxBytes) pieces.push(value);
    else pieces = [];
  }
  return size > maxBytes ? undefined : new Uint8Array(Buffer.concat(pieces));
}
