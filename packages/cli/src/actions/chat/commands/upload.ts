import { basename } from "node:path";
import { usageError } from "../../../cli-error.ts";
import { oneLine } from "../../../output/printable.ts";
import { ProgressLine } from "../../../output/progress-line.ts";
import { interruptible } from "../interruptible.ts";
import { typedPath } from "../typed-path.ts";
import type { ChatCommand } from "./chat-command.ts";

const picture = /^(png|jpe?g|gif|webp|bmp|avif|heic|tiff?)$/i;

export const upload: ChatCommand = {
  argument: "<path>",
  about: "attaches a file to the next message",
  async run(chat, argument) {
    if (argument === "") throw usageError("Say which file: /upload photo.png");
    const { shell, output } = chat.context;
    const path = typedPath(shell, argument);
    await interruptible(shell, chat.reader.input, async (signal) => {
      using line = new ProgressLine(output, `Sending ${basename(path)}`);
      const file = await chat.client.uploadFile(path, {
        signal,
        onProgress: ({ sentBytes = 0, totalBytes }) => {
          if (totalBytes) line.text = `Sending ${basename(path)}: ${Math.floor((100 * sentBytes) / totalBytes)} %`;
        },
      });
      line.clear();
      const isPicture = picture.test(file.fileType.split("/").at(-1) ?? "");
      chat.attachments.push({ name: path, source: file, file: isPicture ? undefined : file });
      await chat.say(`${oneLine(basename(path))} goes with the next message.`);
    });
    return undefined;
  },
};
