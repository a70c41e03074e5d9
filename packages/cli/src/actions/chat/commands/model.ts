import { FlowithError, type ModelInfo } from "flowith-webapi";
import { oneLine } from "../../../output/printable.ts";
import { table } from "../../../output/table.ts";
import type { Chat } from "../chat.ts";
import { interruptible } from "../interruptible.ts";
import { near } from "../near.ts";
import { textModels } from "../text-models.ts";
import type { ChatCommand } from "./chat-command.ts";

export const model: ChatCommand = {
  argument: "[id]",
  about: "answers by another model from now on; without an id, lists them",
  async run(chat, argument) {
    const { context, reader } = chat;
    await interruptible(context.shell, reader.input, async (signal) => {
      if (argument === "") await list(chat, await textModels(chat.client, signal));
      else await take(chat, argument, signal);
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

/** A model that the catalogue does not know is taken all the same: it lists not all of them. */
async function take(chat: Chat, id: string, signal: AbortSignal): Promise<void> {
  let doubt = "";
  try {
    const ids = (await textModels(chat.client, signal)).map(({ modelId }) => modelId);
    if (!ids.includes(id)) {
      const names = near(id, ids).slice(0, 3);
      doubt = ` The catalogue does not list it${names.length === 0 ? "" : `; near it: ${names.join(", ")}`}.`;
    }
  } catch (error) {
    if (!FlowithError.is(error)) throw error;
    doubt = " Whether there is such a model could not be asked.";
  }
  chat.model = id;
  await chat.say(oneLine(`The next answers are by ${id}.${doubt}`));
}
