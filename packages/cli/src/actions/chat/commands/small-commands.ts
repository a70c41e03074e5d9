import { usageError } from "../../../cli-error.ts";
import { DIM } from "../../../markdown/cell.ts";
import { oneLine, printable } from "../../../output/printable.ts";
import { interruptible } from "../interruptible.ts";
import { makeMedia } from "../media.ts";
import type { ChatCommand } from "./chat-command.ts";

export const image = mediaCommand("image", "a picture in the conversation, saved to a file");
export const video = mediaCommand("video", "a clip in the conversation, saved to a file");

function mediaCommand(kind: "image" | "video", about: string): ChatCommand {
  return {
    argument: "<prompt>",
    about,
    async run(chat, argument) {
      if (argument === "") throw usageError(`Say what is to be seen: /${kind} a ripe banana`);
      const { pictures, references } = chat.takeAttachments();
      await makeMedia(chat, kind, [...references, argument].join("\n"), pictures);
      return undefined;
    },
  };
}

export const title: ChatCommand = {
  argument: "[text]",
  about: "names the conversation, or says its name",
  async run(chat, argument) {
    const { convId } = chat.session;
    if (convId === undefined)
      throw usageError("The conversation begins with the first message; it has no name before.");
    const { conversations } = chat.client;
    await interruptible(chat.context.shell, chat.reader.input, async (signal) => {
      const record =
        argument === ""
          ? await conversations.get(convId, { signal })
          : await conversations.rename(convId, argument, { signal });
      await chat.say(oneLine(record.title ?? "") || "(no title)");
    });
    return undefined;
  },
};

export const think: ChatCommand = {
  about: "what the model thought before its last answer",
  async run(chat) {
    const text = printable(chat.reasoning).trim();
    if (text === "") await chat.say("The last answer came without reasoning.");
    else await chat.say(text, DIM);
    await chat.context.output.write("\n");
    return undefined;
  },
};

const amount = new Intl.NumberFormat("en-US");

export const credits: ChatCommand = {
  about: "what is left",
  async run(chat) {
    await interruptible(chat.context.shell, chat.reader.input, async (signal) => {
      const { remainQuota } = await chat.client.account.balance({ signal });
      await chat.say(`${amount.format(remainQuota)} credits left`);
    });
    return undefined;
  },
};

export const quit: ChatCommand = {
  about: "ends the chat",
  run: async () => "end",
};
