import { expect, it } from "vitest";
import { createFileStore } from "../files/file-store.ts";
import type { Message } from "./message.ts";
import type { ScriptedReply } from "./scripted-reply.ts";
import { createTextModel } from "./text-model.ts";

const files = createFileStore(() => "http://files.example");
const model = createTextModel(files, (userId, user) => userId === user);

function ask(prompt: string | Message[], id = "gpt-4.1-nano", userId = "alice"): string {
  const messages: Message[] = typeof prompt === "string" ? [{ role: "user", content: prompt }] : prompt;
  return model.answer({ userId, model: id, messages }).raw;
}

it.each([
  ["What is the capital of Poland?", "The capital of Poland is Warsaw."],
  ["And the capital of France?", "The capital of France is Paris."],
  ["Say: one\ntwo", "one\ntwo"],
  ["Write 3 words", "word1 word2 word3"],
  ["What is my name?", "I don't know your name: you have not told me."],
  ["How many messages do you see?", "I was sent 1 messages."],
  ["Tell me about rain", 'You said: "Tell me about rain". That is all I know about it.'],
  ["", "You sent an empty message."],
])("answers %j", (prompt, answer) => {
  expect(ask(prompt)).toBe(answer);
});

it("knows a name only if it was sent along, and takes no assistant's word for it", () => {
  const question: Message = { role: "user", content: "What is my name?" };
  expect(ask([{ role: "user", content: "My name is Zoë." }, question])).toBe("Your name is Zoë.");
  expect(ask([{ role: "assistant", content: "My name is Bot." }, question])).toMatch(/^I don't know/);
});

it("tells its instructions, so that a test sees whether they came", () => {
  const question: Message = { role: "user", content: "What are your instructions?" };
  expect(ask([{ role: "system", content: "Be brief." }, question])).toBe("My instructions are: Be brief.");
});

it("reasons in tags when the model's name says that it does", () => {
  expect(ask("haiku", "claude-sonnet-4.5-thinking")).toMatch(/^<think>\n.*haiku.*\n<\/think>\n\nWater/s);
  expect(ask("haiku")).not.toContain("<think>");
});

it("looks into files that were uploaded, into data URLs, and says of others that it cannot", () => {
  const bytes = new TextEncoder().encode("Dear diary, today it rained.");
  const url = files.put({ name: "diary.txt", contentType: "text/plain", bytes });
  expect(ask(`Read [[file:txt|diary.txt|${url}]]`)).toBe(
    'diary.txt has 28 bytes and begins: "Dear diary, today it rained.".',
  );
  const zip = files.put({ name: "a.zip", contentType: "application/zip", bytes: new Uint8Array([80, 75, 0, 255]) });
  expect(ask(`Read [[file:zip|a.zip|${zip}]]`)).toBe("a.zip has 4 bytes of type application/zip.");
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  expect(ask(`![dot](data:image/png;base64,${dot})`)).toContain("a png of 1 x 1 pixels");
  expect(ask("![x](https://elsewhere.example/x.png)")).toMatch(/^I cannot open https:\/\/elsewhere/);
});

it("follows the newest script that matches, so often as it says and for whom it says", () => {
  model.script.add({ match: "weather", reply: "Sun." });
  model.script.add({ match: "/^what.*weather/i", reply: "Rain.", count: 1 });
  model.script.add({ match: "weather", reply: "Snow.", user: "bob" });
  expect(ask("What is the Weather?")).toBe("Rain.");
  expect(ask("What is the Weather?")).toBe("Sun.");
  expect(ask("weather", "gpt-4.1-nano", "bob")).toBe("Snow.");
  model.script.clear();
  expect(ask("weather")).toMatch(/^You said/);
});

it("follows the steps of a script through a conversation, whatever is said between them", () => {
  model.script.add({ match: "rome", delayMs: 7, steps: [{ reply: "First." }, { reply: "Second.", delayMs: 1 }] });
  const said: Message[] = [{ role: "user", content: "Rome?" }];
  const answers = (): [string, number | undefined] => {
    const { raw, delayMs } = model.answer({ userId: "alice", model: "m", messages: said });
    return [raw, delayMs];
  };
  expect([answers(), answers()]).toEqual([
    ["First.", 7],
    ["First.", 7],
  ]);
  // The words of the prompt do not begin the steps anew while they are under way.
  said.push({ role: "assistant", content: "First." }, { role: "user", content: "It is clear in Rome." });
  expect(answers()).toEqual(["Second.", 1]);
  said.push({ role: "assistant", content: "Second." }, { role: "user", content: "Say: yes" });
  expect(answers()).toEqual(["yes", undefined]);
  said.push({ role: "assistant", content: "yes" }, { role: "user", content: "Rome again?" });
  expect(answers()).toEqual(["First.", 7]);
  model.script.clear();
});

it("counts each step of a script as one answer", () => {
  model.script.add({ match: "rome", steps: [{ reply: "First." }, { reply: "Second." }], count: 2 });
  const rome: Message = { role: "user", content: "Rome?" };
  const later: Message[] = [rome, { role: "assistant", content: "First." }, { role: "user", content: "Say: more" }];
  expect([ask([rome]), ask(later), ask(later)]).toEqual(["First.", "Second.", "more"]);
  model.script.clear();
});

it.each([
  [{ match: "a", steps: [] }, "steps"],
  [{ match: "a", steps: [{ match: "b" }] }, "steps.0.match"],
  [{ match: "a", steps: [{ delayMs: -1 }] }, "steps.0.delayMs"],
])("refuses a script of %j", (reply: object, option) => {
  expect(() => model.script.add(reply as ScriptedReply)).toThrow(expect.objectContaining({ option }));
});

it("streams exact fragments and tells reasoning as a summary when so scripted", () => {
  const messages: Message[] = [{ role: "user", content: "exact" }];
  model.script.add({ match: "exact", fragments: ["<th", ["ink>a</think>", "b"]] });
  expect(model.answer({ userId: "alice", model: "m", messages })).toMatchObject({
    raw: "<think>a</think>b",
    fragments: [["<th"], ["ink>a</think>", "b"]],
  });
  model.script.add({ match: "exact", reply: "b", reasoning: "a", reasoningAs: "summary" });
  expect(model.answer({ userId: "alice", model: "m", messages })).toMatchObject({ raw: "b", reasoningSummary: "a" });
  model.script.clear();
});
