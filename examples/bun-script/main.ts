// Answers a file of prompts, one a line, a few at a time: bun run main.ts prompts.txt > answers.jsonl
import { readFile } from "node:fs/promises";
import { Flowith } from "flowith-webapi";

const [file = "prompts.txt"] = process.argv.slice(2);
const prompts = (await readFile(file, "utf8")).split("\n").filter((line) => line.trim() !== "");
const flowith = Flowith.fromEnv();

for await (const result of flowith.generateMany(prompts, { concurrency: 3, perMinute: 60 })) {
  const prompt = prompts[result.index];
  if (result.status === "fulfilled") {
    console.log(JSON.stringify({ prompt, text: result.output.text }));
  } else {
    console.error(`${prompt}: ${result.status === "rejected" ? result.error : result.reason}`);
    process.exitCode = 1;
  }
}
