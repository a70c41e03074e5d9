import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { collect } from "./collect.ts";
import { positiveInteger, positiveNumber } from "./number-option.ts";

export function addEventsCommand(program: Command, act: Act): void {
  addExamples(
    program
      .command("events")
      .description("what happens to the account's nodes, from whichever client, a line each until Ctrl-C")
      .option("-c, --conversation <id>", "only of this one")
      .option("--type <type>", "only of this type, such as complete; may be given several times", collect)
      .option("--max <n>", "end after so many; with --timeout, fewer of them end with 5", positiveInteger)
      .option("--timeout <seconds>", "end after so long", positiveNumber),
    "flowith events",
    "flowith events --json --type complete --max 1 --timeout 60",
  ).action(act(async () => (await import("../actions/events.ts")).events));
}
