// What the bot needs of a messenger. This one is made of lines, so that the bot can be tried in a terminal and driven by a test.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";

/** Telegram, Slack and their like have both of these. */
export interface Messenger {
  /** Sends a message, or puts it in the place of an earlier one. @returns its id */
  send(userId: string, text: string, messageId?: string): Promise<string>;
  onMessage(listener: (userId: string, text: string) => void): void;
}

/** Takes lines such as `{"userId":"ann","text":"Hello"}`, or plain text of the user `me`, and prints lines of JSON. */
export const lines: Messenger = {
  async send(userId, text, messageId = randomUUID()) {
    console.log(JSON.stringify({ userId, messageId, text }));
    return messageId;
  },

  onMessage(listener) {
    createInterface({ input: process.stdin }).on("line", (line) => {
      if (!line.startsWith('{"userId"')) return listener("me", line);
      const { userId, text }: Record<string, unknown> = JSON.parse(line);
      if (typeof userId === "string" && typeof text === "string") listener(userId, text);
    });
  },
};
