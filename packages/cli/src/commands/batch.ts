import { type Command, Option } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { positiveInteger } from "./positive-integer.ts";

const about = `
Each line of the input is a JSON object, or a prompt as a JSON string:
  {"id": "cover", "kind": "image", "prompt": "A ripe banana", "aspectRatio": "16:9", "article": 17}
"prompt" alone is required. The other names are those of the SDK's options; what is none of them is kept in the result.
A CSV has the same names in its first line. Killed and started again with the same command, it pays for nothing twice.`;

export function addBatchCommand(program: Command, act: Act): void {
  const batch = program
    .command("batch")
    .description("many texts, pictures and clips: JSONL or CSV in, JSONL out; can be killed and run again")
    .argument("<input>", "a .jsonl or .csv file, or - for stdin")
    .option("-o, --output <file>", "where a line for each result is added; default, and with -: stdout")
    .addOption(new Option("-k, --kind <kind>", "of lines that name none").choices(["text", "image", "video"]))
    .option("-m, --model <id>", "of lines that name none")
    .option("-s, --system <text>", "instructions for the model, for texts that have none")
    .option("--concurrency <n>", "how many run at once", positiveInteger, 8)
    .option("--per-minute <n>", "how many start within a minute", positiveInteger)
    .option(
      "--max-credits <n>",
      "start nothing more once so many are spent in this run: asked after every fifth result; what runs goes on",
      positiveInteger,
    )
    .option("--max-failures-in-a-row <n>", "start nothing more after so many failures in a row", positiveInteger)
    .option("--media <folder>", "for pictures and clips; default: named for the output, with -media")
    .addOption(new Option("--format <format>", "default: by the file's name").choices(["jsonl", "csv"]))
    .option("-d, --delimiter <character>", "of a CSV: a character, or `tab`; default: a comma")
    .option("--only-failed", "run those lines alone whose result is a failure, and replace it")
    .option("--force", "begin anew: forget what is in the output, and what is under way");
  addExamples(
    batch.addHelpText("after", about),
    "flowith batch prompts.jsonl --output results.jsonl",
    "flowith batch prompts.csv -o results.jsonl --kind image --max-credits 500",
    "flowith batch prompts.jsonl --output results.jsonl --only-failed",
    `jq -c '{id, prompt: .title}' books.jsonl | flowith batch - | jq -r .text`,
  ).action(act(async () => (await import("../actions/batch.ts")).batch));
}
