// Runs a file of prompts, one JSON object a line, and adds a line for each result to another: node main.ts prompts.jsonl results.jsonl 500
import { appendFile, readFile, truncate } from "node:fs/promises";
import { Flowith, fileJobStore } from "flowith-webapi";

interface Prompt {
  id: string;
  kind?: "text" | "image";
  prompt: string;
}

const [promptsFile = "prompts.jsonl", resultsFile = "results.jsonl", maxCredits = "500"] = process.argv.slice(2);

function parse<Line>(lines: string): Line[] {
  const parseLine = (line: string): Line => JSON.parse(line);
  return lines.split("\n").filter(Boolean).map(parseLine);
}

const prompts = parse<Prompt>(await readFile(promptsFile, "utf8"));
const results = await readFile(resultsFile, { encoding: "utf8", flag: "a+" });
// A line without its end is what a kill has left of one. It goes, and its result comes again.
const whole = results.slice(0, results.lastIndexOf("\n") + 1);
await truncate(resultsFile, Buffer.byteLength(whole));
const written = new Set(parse<{ id: string }>(whole).map(({ id }) => id));

const flowith = Flowith.fromEnv();
const batch = flowith.generateMany(
  prompts.filter(({ id }) => !written.has(id)),
  { concurrency: 8, maxCredits: Number(maxCredits), maxFailuresInARow: 20, resumeFrom: fileJobStore("./jobs") },
);
for await (const result of batch) {
  const { id } = result.input;
  if (result.status !== "fulfilled") {
    console.error(`${id}: ${result.status === "rejected" ? result.error : result.reason}`);
    process.exitCode = 1;
    continue;
  }
  const line =
    result.kind === "text"
      ? { id, text: result.output.text }
      : { id, ...(await result.output.image.save("./pictures", { filename: id, overwrite: true })) };
  await appendFile(resultsFile, `${JSON.stringify(line)}\n`);
  written.add(id);
  console.error(`${written.size} of ${prompts.length}`);
}
