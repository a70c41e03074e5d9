import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "../kinds/messages.ts";
import { countOmitted, shortening } from "./trimming.ts";

const user = (content: Message["content"]): Message => ({ role: "user", content });
const assistant = (content: Message["content"]): Message => ({ role: "assistant", content });
const prompt = user("prompt");

async function kept(history: Message[], limits: { maxTurns?: number; maxCharacters?: number }): Promise<Message[]> {
  const sent = (await shortening(limits)?.([...history, prompt])) ?? [];
  expect(sent.at(-1)).toBe(prompt);
  return sent.slice(0, -1);
}

describe("the latest turns", () => {
  it.each([
    ["a prompt that was never answered is a turn", [user("1"), user("2"), assistant("b")], 1, 1],
    ["what stands before the first prompt is a turn", [assistant("0"), user("1"), assistant("a")], 2, 0],
    ["and left out as one", [assistant("0"), user("1"), assistant("a")], 1, 1],
    ["several answers to a prompt stay together", [user("1"), assistant("a"), assistant("b")], 1, 0],
    ["more than there are", [user("1"), assistant("a")], 9, 0],
  ])("%s", async (_, history, maxTurns, from) => {
    expect(await kept(history, { maxTurns })).toEqual(history.slice(from));
  });

  it("are counted in UTF-16 code units, with the texts of parts and no picture", async () => {
    const url = { type: "image_url", image_url: { url: "https://r2.flowith.net/a-long-name.png" } } as const;
    const history = [user([{ type: "text", text: "\u{1f34c}é" }, url]), assistant([url])];
    expect(await kept(history, { maxCharacters: 3 })).toEqual(history);
    expect(await kept(history, { maxCharacters: 2 })).toEqual([]);
  });

  it("are an end of the history that begins with a prompt, within both limits, and as long as they allow", async () => {
    const text = fc.string({ maxLength: 5 });
    const pair = fc.tuple(text, text).map(([question, answer]) => [user(question), assistant(answer)]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { maxLength: 6 }),
        fc.nat(7),
        fc.nat(40),
        async (pairs, maxTurns, maxCharacters) => {
          const fits = (turns: Message[][]): boolean =>
            turns.length <= maxTurns &&
            turns.flat().reduce((sum, { content }) => sum + content.length, 0) <= maxCharacters;
          const from = pairs.findIndex((_, index) => fits(pairs.slice(index)));
          expect(await kept(pairs.flat(), { maxTurns, maxCharacters })).toEqual(
            from === -1 ? [] : pairs.slice(from).flat(),
          );
        },
      ),
    );
  });
});

describe("a trim of the caller's", () => {
  it("is given a copy, and may give the prompt back as another object that says the same", async () => {
    const history = [user("1"), prompt];
    const shorten = shortening({
      trim: (messages) => {
        for (const message of messages) message.content = "changed";
        return [{ content: "prompt", role: "user" }];
      },
    });
    expect(await shorten?.(history)).toEqual([prompt]);
    expect(history).toEqual([user("1"), user("prompt")]);
  });

  it("may not take the prompt's picture away", async () => {
    const shown = user([
      { type: "text", text: "What is it?" },
      { type: "image_url", image_url: { url: "https://files.test/a.png" } },
    ]);
    const shorten = shortening({ trim: () => [user([{ type: "text", text: "What is it?" }])] });
    await expect(shorten?.([shown])).rejects.toThrow("not the prompt");
  });
});

it.each([
  ["none", [user("1"), prompt], [user("1"), prompt], 0],
  ["one", [user("1"), prompt], [prompt], 1],
  ["one of two that say the same", [user("1"), user("1"), prompt], [user("1"), prompt], 1],
  ["those that a summary replaces", [user("1"), assistant("a"), prompt], [assistant("sum"), prompt], 2],
  ["one that was cut", [user("a long one"), prompt], [user("a long…"), prompt], 1],
])("counts as left out: %s", (_, messages, sent, omitted) => {
  expect(countOmitted(messages, sent)).toBe(omitted);
});
