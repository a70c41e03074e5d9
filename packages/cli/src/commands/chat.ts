import { type Command, InvalidArgumentError } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { collect } from "./collect.ts";

function wholeNumber(value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is a whole number from 0 on.");
}

export function addChatCommand(program: Command, act: Act): void {
  addExamples(
    program
      .command("chat")
      .description("talk in the terminal; without one, what is piped in is one message, and one answer is printed")
      .argument("[prompt...]", "the first message")
      .option("-m, --model <id>", "see `flowith models`; /model changes it")
      .option("-s, --system <text>", "instructions that go with every message")
      .option("-c, --conversation <id>", "go on with a conversation, at its newest answer")
      .option("-i, --image <path-or-url>", "a picture for the first message; may be given several times", collect)
      .option("--max-turns <n>", "how many of the earlier turns go with a message; default: all", wholeNumber)
      .option("-o, --output <folder>", "where /image and /video save to", "flowith-media")
      .option("--no-reasoning", "do not show what the model thinks")
      .option("--no-history", "do not remember what is typed for the next chat"),
    "flowith chat",
    'flowith chat "What is a tide?" --model gpt-4.1-nano',
    'git log -5 | flowith chat "What was done?"',
    "echo Hello | flowith chat --json | jq -r 'select(.type == \"text\").delta'",
  ).action(act(async () => (await import("../actions/chat/chat-action.ts")).chat));
}
