import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { collect } from "./collect.ts";

export function addSearchCommand(program: Command, act: Act): void {
  addExamples(
    program
      .command("search")
      .description("an answer out of your knowledge bases, with its sources; needs an API key in FLOWITH_API_KEY")
      .argument("[question...]", "words are joined; what is piped in stands below, and is all with - or without any")
      .option(
        "-k, --knowledge-base <id>",
        "as it stands in the address of the web app; may be given several times",
        collect,
      )
      .option("-m, --model <id>", "which model writes the answer")
      .option("--no-sources", "the answer alone")
      .option("--no-stdin", "do not read what is piped in"),
    'flowith search --knowledge-base 0b000000-0000-4000-8000-000000000001 "When does the ferry leave?"',
    'flowith search --no-sources "What does a ticket cost?" > answer.txt',
    "flowith search --json 'Who built the tide clock?' | jq -r '.sources[].title'",
  ).action(act(async () => (await import("../actions/search.ts")).search));
}
