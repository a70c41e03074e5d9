import { isAsyncIterable, isResponse, isStream } from "../bytes/source-shapes.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";

/** Across all clients: the source does not know which of them reads it. */
const taken: WeakSet<object> = new WeakSet();

/**
 * Takes a source for one call: from now on it is that call's to read and to end.
 * @param label what it is taken for, for errors
 * @returns what can be read once only and is to be ended; undefined for any other source
 * @throws InvalidArgumentError for what another has taken or begun to read: what is left of it is not the file
 */
export function takeSource(source: unknown, label: string): object | undefined {
  const once = onceOnly(source);
  const isSpent = once === undefined ? isSpentResponse(source) : taken.has(once) || isBegun(once);
  if (isSpent) throw new InvalidArgumentError(`${label}: the source is being read already, or has been.`);
  if (once === undefined) return undefined;
  taken.add(once);
  return once;
}

/** Ends what was taken, however far it was read. Never rejects. */
export async function endSource(once: object | undefined): Promise<void> {
  // A request that a Node server was sent is the connection that its answer goes by.
  if (once === undefined || "httpVersion" in once) return;
  try {
    // A Node stream that waits for data does not answer `return`, and one that was never read keeps its file open.
    const end = ["destroy", "return", "cancel"].find((name) => typeof Reflect.get(once, name) === "function");
    if (end !== undefined) await Reflect.apply(Reflect.get(once, end), once, []);
  } catch {
    // It has ended, or it cannot.
  }
}

/** Ends a source that is not going to be read, unless another call has it. */
export function dropSource(source: unknown): void {
  try {
    void endSource(takeSource(source, "drop"));
  } catch {
    // Another's to end.
  }
}

/** An iterable that is no iterator itself begins anew each time; a Node stream does not. */
function onceOnly(source: unknown): object | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  // Where the body is null, nobody can have read it.
  if (isResponse(source)) return source.body ?? undefined;
  if (isStream(source) || (isAsyncIterable(source) && ("next" in source || "destroy" in source))) return source;
  return undefined;
}

/** Of React Native, whose responses have no body to look at. */
function isSpentResponse(source: unknown): boolean {
  return typeof source === "object" && source !== null && isResponse(source) && source.bodyUsed === true;
}

function isBegun(once: object): boolean {
  if (once instanceof ReadableStream) return !isBody(once);
  // Of another realm, or a Node stream.
  if ("locked" in once && once.locked === true) return true;
  return "readableDidRead" in once && (once.readableDidRead === true || isClosed(once));
}

/** A Node stream that was closed before its end. One that broke has an error, which says more. */
function isClosed(once: object): boolean {
  return Reflect.get(once, "destroyed") === true && !Reflect.get(once, "errored");
}

/** Only as a body does a stream tell whether it was read or cancelled (Fetch, "extract a body"). */
function isBody(stream: ReadableStream): boolean {
  try {
    new Response(stream);
    return true;
  } catch {
    return false;
  }
}
