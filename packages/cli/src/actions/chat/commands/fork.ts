import { usageError } from "../../../cli-error.ts";
import { promptWords } from "../../../conversations/prompt-words.ts";
import { oneLine } from "../../../output/printable.ts";
import { cut } from "../../../output/table.ts";
import type { ChatCommand } from "./chat-command.ts";

export const fork: ChatCommand = {
  argument: "[n]",
  about: "goes on from an earlier answer; without a number, lists them",
  async run(chat, argument) {
    const { output } = chat.context;
    const { turns } = chat;
    if (turns.length === 0) throw usageError("There is no answer yet to go on from.");
    if (argument === "") {
      const width = String(turns.length).length;
      for (const [i, { prompt }] of turns.entries()) {
        await chat.print(cut(`${String(i + 1).padStart(width)}  ${oneLine(promptWords(prompt))}`, output.columns - 1));
      }
      return undefined;
    }
    const number = Number(argument);
    const turn = /^\d+$/.test(argument) ? turns[number - 1] : undefined;
    if (turn === undefined) {
      throw usageError(
        `There is no answer ${oneLine(argument)}: they count from 1 to ${turns.length}.`,
        "/fork lists them.",
      );
    }
    chat.session = chat.session.fork(turn.answerId);
    chat.turns = turns.slice(0, number);
    chat.last = undefined;
    chat.hasFailed = false;
    chat.reasoning = "";
    await chat.say(`The next message goes on from answer ${number}: ${oneLine(promptWords(turn.prompt))}`);
    return undefined;
  },
};
