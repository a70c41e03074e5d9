import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOf, startCommand, urlOf } from "./support/command.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
});
afterAll(() => emulator.close());

describe("flowith-gateway", () => {
  it("says its address, serves, and lets a stream end before it does", async () => {
    const user = await emulator.createUser();
    emulator.model.add({ match: "30 words", reply: "word ".repeat(30), delayMs: 10, user: user.id });
    const child = startCommand(emulator, "--port", "0", "--direct");
    const end = endOf(child);
    const openai = new OpenAI({ baseURL: `${await urlOf(child)}/v1`, apiKey: user.token, maxRetries: 0 });
    const stream = await openai.chat.completions.create({
      model: "gpt-4.1-nano",
      messages: [{ role: "user", content: "30 words" }],
      stream: true,
    });
    let text = "";
    for await (const { choices } of stream) {
      if (text === "") child.kill("SIGTERM");
      text += choices[0]?.delta.content ?? "";
    }
    expect(text.trim().split(/\s+/)).toHaveLength(30);
    expect(await end).toMatchObject({ code: 0 });
  });

  it("says what to do where its port is taken", async () => {
    const { code, errors } = await endOf(startCommand(emulator, "--port", new URL(emulator.edgeUrl).port));
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^flowith-gateway: Port \d+ is taken\. Choose another with --port; 0 takes any free one\.$/m,
    );
  });

  it.each([["--port", "many"], ["--host", ""], ["--prot", "1"], ["serve"]])("refuses %s %s", async (...flags) => {
    const { code, errors } = await endOf(startCommand(emulator, ...flags));
    expect(code).toBe(2);
    expect(errors).toMatch(/^flowith-gateway: /);
  });
});
