import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";

export function addAccountCommands(program: Command, act: Act): void {
  addExamples(
    program.command("whoami").description("which account is used, and where its session comes from"),
    "flowith whoami",
    "flowith whoami --profile work --json",
  ).action(act(async () => (await import("../actions/whoami.ts")).whoami));

  addExamples(
    program.command("credits").description("what is left, by grant"),
    "flowith credits",
    "flowith credits --json | jq .remaining",
  ).action(act(async () => (await import("../actions/credits.ts")).credits));
}
