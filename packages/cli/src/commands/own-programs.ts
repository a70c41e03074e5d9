import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";

const NAMES: readonly string[] = ["emulator", "serve"];

/** Commands that are programs of their own, with their own words and help. */
export function addOwnPrograms(program: Command, act: Act): void {
  addExamples(
    program
      .command("emulator")
      .description("the service in one process, for trying things out without an account; its own --help says more")
      .argument("[args...]", "what goes to the emulator's own program as it is"),
    "flowith emulator exec -- flowith text 'Name a city in Poland.'",
    "flowith emulator start --port 4000 --data-dir ./flowith-data",
  ).action(act(async () => (await import("../actions/own-program.ts")).emulator));
  addExamples(
    program
      .command("serve")
      .description("a gateway for the clients of OpenAI, with its keys; its own --help says more")
      .argument("[args...]", "what goes to the gateway's own program as it is"),
    "flowith serve --port 8787",
    "flowith serve keys list --keys keys.json",
  ).action(act(async () => (await import("../actions/own-program.ts")).serve));
}

/** Lets all that stands behind such a name be an argument of it: its options are none of this program's. */
export function withProgramArguments(program: Command, args: readonly string[]): string[] {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (NAMES.includes(word)) return [...args.slice(0, i + 1), "--", ...args.slice(i + 1)];
    if (!word.startsWith("-") || word === "--") break;
    const option = program.options.find(({ long, short }) => long === word || short === word);
    if (option?.required) i += 1;
  }
  return [...args];
}
