import type { ModelInfo } from "flowith-webapi";
import { oneLine } from "../../../output/printable.ts";
import { table } from "../../../output/table.ts";
import type { Chat } from "../chat.ts";
import { interruptible } from "../interruptible.ts";
import { checkTextModel, textModels } from "../text-models.ts";
import type { ChatCommand } from "./chat-command.ts";

export const model: ChatCommand = {
  argument: "[id]",
  about: "answers by another model from now on; without an id, lists them; /model! takes one that is not listed",
  takesForce: true,
  async run(chat, argument, isForced) {
    const { context, reader } = chat;
    await interruptible(context.shell, reader.input, async (signal) => {
      if (argument === "") await list(chat, await textModels(chat.client, signal));
      else await take(chat, argument, isForced, signal);
    });
    return undefined;
  },
};

async function list({ context: { output }, model: used }: Chat, models: readonly ModelInfo[]): Promise<void> {
  const rows = table(
    output,
    [
      { title: "model", value: ({ modelId }) => `${modelId}${modelId === used ? " (used)" : ""}` },
      { title: "title", value: ({ title }) => title, isFlexible: true },
      { title: "tier", value: ({ tier }) => tier },
    ],
    models,
  );
  await output.write(`${rows}\n\n`);
}

/** @throws CliError for one that the catalogue does not list: each message to it would fail. It may list not all: by force. */
async function take(chat: Chat, id: string, isForced: boolean, signal: AbortSignal): Promise<void> {
  const isKnown = isForced || (await checkTextModel(chat.client, id, signal));
  chat.model = id;
  const doubt = isKnown ? "" : " Whether there is such a model could not be asked.";
  await chat.say(oneLine(`The next answers are by ${id}.${doubt}`));
}
