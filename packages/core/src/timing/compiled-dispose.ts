/**
 * Lets what was made be disposed of by `await using` that was compiled for an engine without `Symbol.asyncDispose` (WebKit):
 * esbuild, Babel and SWC look under this symbol there. Not done to a class, which bundlers could then no longer leave out.
 */
export function addCompiledDispose(made: { [Symbol.asyncDispose](): Promise<void> }): void {
  const known: symbol | undefined = Symbol.asyncDispose;
  if (known !== undefined) return;
  Object.defineProperty(made, Symbol.for("Symbol.asyncDispose"), { value: made[Symbol.asyncDispose] });
}
