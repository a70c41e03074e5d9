/**
 * Lets a class be disposed of by `await using` that was compiled for an engine without `Symbol.asyncDispose` (WebKit):
 * esbuild, Babel and SWC look under this symbol there.
 */
export function addCompiledDispose(prototype: { [Symbol.asyncDispose](): Promise<void> }): void {
  const known: symbol | undefined = Symbol.asyncDispose;
  if (known !== undefined) return;
  Object.defineProperty(prototype, Symbol.for("Symbol.asyncDispose"), { value: prototype[Symbol.asyncDispose] });
}
