import { usageError } from "../../../cli-error.ts";
import { answer } from "../answer.ts";
import { makeMedia } from "../media.ts";
import type { ChatCommand } from "./chat-command.ts";

export const retry: ChatCommand = {
  about: "asks for the last answer again",
  async run(chat) {
    const turn = chat.turns.at(-1);
    const attempt = chat.last ?? (turn && { kind: turn.kind, prompt: turn.prompt, pictures: [] });
    if (attempt === undefined) throw usageError("Nothing has been asked yet.");
    // beside the prompt that was answered; what failed or was stopped has left no turn
    const isAnswered = turn !== undefined && !chat.hasFailed;
    if (isAnswered && turn.promptId !== undefined) {
      chat.session = chat.session.fork(turn.promptId);
      chat.turns.pop();
    }
    if (attempt.kind === "text") await answer(chat, attempt.prompt, attempt.pictures);
    else await makeMedia(chat, attempt.kind, attempt.prompt, attempt.pictures);
    return undefined;
  },
};
