import type { Command } from "commander";
import type { Context } from "./context/context.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Shell } from "./shell.ts";

/** What a command does, with the arguments and flags that commander read. */
export type Action<Params extends unknown[]> = (context: Context, ...params: Params) => Promise<void>;

/** Makes of an action what commander calls: loaded when it is used, with a context that ends with it. */
export type Act = <Params extends unknown[]>(
  load: () => Promise<Action<Params>>,
) => (this: Command, ...params: Params) => Promise<void>;

export function actIn(shell: Shell): Act {
  return (load) =>
    async function (...params) {
      const [action, { Context }] = await Promise.all([load(), import("./context/context.ts")]);
      await using context = new Context(shell, this.optsWithGlobals<GlobalFlags>());
      try {
        await action(context, ...params);
      } catch (error) {
        throw await context.explained(error);
      }
    };
}
