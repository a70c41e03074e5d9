/**
 * What was thrown, as a text that is the same in every engine: name and message, those of its causes, then the frames. A stack
 * alone does not do: in V8 it begins with name and message, in Firefox and Safari it holds nothing but frames.
 */
export function describeError(thrown: unknown): string {
  const heads = [thrown, ...causesOf(thrown)].map((one) => (one instanceof Error ? headOf(one) : String(one)));
  const text = heads.join("\ncaused by ");
  const frames = thrown instanceof Error ? framesOf(thrown) : "";
  return frames === "" ? text : `${text}\n${frames}`;
}

function causesOf(thrown: unknown): unknown[] {
  const causes = new Set<unknown>();
  let last = thrown;
  while (last instanceof Error && last.cause !== undefined && last.cause !== thrown && !causes.has(last.cause)) {
    last = last.cause;
    causes.add(last);
  }
  return [...causes];
}

/** Some classes have a `toString` of their own. */
function headOf(error: Error): string {
  return Error.prototype.toString.call(error);
}

function framesOf({ message, stack = "" }: Error): string {
  // V8 writes the head when the error is made: a name that was set later is not in it.
  const [head = ""] = stack.match(message === "" ? /^[^\n@]+(?=\n|$)/ : /^[^\n@]+?: /) ?? [];
  return head !== "" && stack.startsWith(message, head.length)
    ? stack.slice(head.length + message.length).replace(/^\n/, "")
    : stack.trimEnd();
}
