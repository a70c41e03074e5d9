import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { collect } from "./collect.ts";

export function addTextCommand(program: Command, act: Act): void {
  addExamples(
    program
      .command("text")
      .description("one answer to one prompt, as it comes; what is piped in stands below the prompt")
      .argument("[prompt...]", "words are joined; without any, or with -, the prompt is read from stdin")
      .option("-m, --model <id>", "see `flowith models`")
      .option("-s, --system <text>", "instructions for the model")
      .option("-i, --image <path-or-url>", "a picture that the model looks at; may be given several times", collect)
      .option(
        "-c, --conversation <id>",
        "put it into a conversation on the canvas (its history is not sent; `chat` does)",
      )
      .option("--direct", "lowest latency: nothing is kept on the canvas")
      .option("--reasoning", "show what the model thinks, on stderr")
      .option("--no-stdin", "do not read what is piped in"),
    'flowith text "Name a city in Poland."',
    "git diff | flowith text 'Write a commit message.' > message.txt",
    "flowith text --json 'Three colours' | jq -r .text",
    'flowith text --image photo.png "What is in this picture?"',
  ).action(act(async () => (await import("../actions/text.ts")).text));
}
