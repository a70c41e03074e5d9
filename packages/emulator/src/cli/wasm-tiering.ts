import { setFlagsFromString } from "node:v8";

/**
 * Lets V8 begin to optimize WebAssembly 160 times later than it does by itself. Postgres's interpreter of expressions is
 * one function of 100 kB: optimizing it takes seconds of a core and 600 MB, and gains nothing in the life of an emulator.
 * To be called before Postgres is loaded. Other engines have no such flag, and no such need.
 */
export function delayOptimizing(): void {
  if (process.versions.bun === undefined && process.versions.deno === undefined) {
    setFlagsFromString("--wasm-tiering-budget=2147483647");
  }
}
