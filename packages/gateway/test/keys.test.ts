import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepSession } from "../src/testing/session-file.ts";
import { endOf, linesOf, startCommand, urlOf } from "./support/command.ts";

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  folder = await mkdtemp(join(tmpdir(), "gateway-keys-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** What a command says on stdout. */
async function outputOf(...flags: string[]): Promise<string[]> {
  const child = startCommand(emulator, ...flags);
  const [lines, { code, errors }] = await Promise.all([linesOf(child), endOf(child)]);
  if (code !== 0) throw new Error(errors);
  return lines;
}

it("keys are made, used, listed and revoked", async () => {
  const user = await emulator.createUser();
  const file = join(folder, "keys.json");
  const sessionFile = join(folder, "session.json");
  const create = ["keys", "create", "--keys", file, "--name", "a\tbot", "--session-file", sessionFile];
  await expect(outputOf(...create)).rejects.toThrow("There is no session in");
  await keepSession(sessionFile, user, emulator);
  const [key = ""] = await outputOf(...create);
  expect(key).toMatch(/^fgw_[\w-]{43}$/);
  const [line = ""] = await outputOf("keys", "list", "--keys", file);
  const [id = "", , account, , name] = line.split("\t");
  expect([account, name]).toEqual([sessionFile, "a bot"]);
  const [json = ""] = await outputOf("keys", "list", "--keys", file, "--json");
  expect(JSON.parse(json)).toMatchObject({ id, name: "a\tbot", sessionFile });

  const child = startCommand(emulator, "--port", "0", "--direct", "--keys", file);
  const end = endOf(child);
  const openai = new OpenAI({ baseURL: `${await urlOf(child)}/v1`, apiKey: key, maxRetries: 0 });
  const request = { model: "gpt-4.1-nano", messages: [{ role: "user" as const, content: "Say: hello" }] };
  expect((await openai.chat.completions.create(request)).choices[0]?.message.content).toContain("hello");
  const stranger = openai.withOptions({ apiKey: user.token });
  await expect(stranger.chat.completions.create(request)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await outputOf("keys", "revoke", id, "--keys", file);
  await expect(openai.chat.completions.create(request)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  child.kill("SIGTERM");
  const { code, errors } = await end;
  expect(code).toBe(0);
  // A line a request, by its key's id and without a secret.
  expect(errors).toContain(`"caller":"key:${id}"`);
  for (const secret of [key, user.token, "Say: hello"]) expect(errors).not.toContain(secret);
  await expect(outputOf("keys", "revoke", id, "--keys", file)).rejects.toThrow("There is no key");
});
