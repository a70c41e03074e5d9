import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import Anthropic from "@anthropic-ai/sdk";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceOf, urlOf } from "../support/command.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
});
afterAll(() => emulator.close());

// No more rights than it needs: the network and the environment.
const rights = ["--allow-net=127.0.0.1,localhost", "--allow-env"];

describe.each([
  ["Deno.serve", "deno", ["run", "--node-modules-dir=manual", "--no-lock", "--quiet", ...rights], "deno-main.ts"],
  ["Bun.serve", "bun", ["run"], "bun-main.ts"],
] as const)("%s", (_name, command, flags, main) => {
  let child: ChildProcess;
  let url: string;
  beforeAll(async () => {
    const path = fileURLToPath(new URL(main, import.meta.url));
    child = spawn(command, [...flags, path], { env: serviceOf(emulator), stdio: ["pipe", "pipe", "inherit"] });
    url = await urlOf(child);
  });
  afterAll(async () => {
    const end = once(child, "close");
    child.stdin?.end();
    await end;
  });

  const chat = (content: string) => ({ model: "gpt-4.1-nano", messages: [{ role: "user" as const, content }] });
  const openaiOf = (apiKey: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });

  it("streams to OpenAI's client by either sign-in", async () => {
    const { token, apiKey } = await emulator.createUser();
    for (const credential of [token, apiKey]) {
      const stream = await openaiOf(credential).chat.completions.create({ ...chat("Say: well done"), stream: true });
      const finishes: unknown[] = [];
      let text = "";
      for await (const { choices } of stream) {
        text += choices[0]?.delta.content ?? "";
        if (choices[0]?.finish_reason) finishes.push(choices[0].finish_reason);
      }
      expect(text).toContain("well done");
      expect(finishes).toEqual(["stop"]);
    }
  });

  it("streams to Anthropic's client", async () => {
    const { apiKey } = await emulator.createUser();
    const anthropic = new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
    const stream = anthropic.messages.stream({ ...chat("Say: well done"), max_tokens: 100 });
    expect(await stream.finalText()).toContain("well done");
  });

  it("takes files and answers errors in shape", async () => {
    const { token, apiKey } = await emulator.createUser();
    const file = new File(["words"], "words.txt", { type: "text/plain" });
    const { id } = await openaiOf(token).files.create({ file, purpose: "user_data" });
    expect(await (await openaiOf(token).files.content(id)).text()).toBe("words");
    const refused = openaiOf("flo_wrong").chat.completions.create(chat("Say: no"));
    await expect(refused).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(openaiOf(apiKey).get("/nowhere")).rejects.toMatchObject({ status: 404, code: "unknown_route" });
  });

  it("ends what a client has left", async () => {
    const { id, apiKey } = await emulator.createUser();
    // It would last for minutes.
    emulator.model.add({ match: "a novel", reply: "word ".repeat(10_000), delayMs: 50, user: id });
    const stream = await openaiOf(apiKey).chat.completions.create({ ...chat("a novel"), stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content) break;
    const cut = () => emulator.journal.list({ user: id, route: "POST /external/use/llm", isCutShort: true }).length;
    await expect.poll(cut, { timeout: 20_000 }).toBe(1);
  });
});
