import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import type { Miniflare } from "miniflare";
import OpenAI from "openai";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker, workerBundle } from "../../../packages/emulator/src/testing/in-workerd.ts";

interface Configuration {
  main: string;
  compatibility_date: string;
  compatibility_flags: string[];
  durable_objects: { bindings: { name: string; class_name: string }[] };
}

const configurationFile = fileURLToPath(new URL("../wrangler.jsonc", import.meta.url));
/** TypeScript reads JSON with comments. */
const configuration: Configuration = ts.parseConfigFileTextToJson(
  configurationFile,
  readFileSync(configurationFile, "utf8"),
).config;

let emulator: Emulator;
let worker: Miniflare;
let baseURL: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const main = fileURLToPath(new URL(`../${configuration.main}`, import.meta.url));
  const objects = configuration.durable_objects.bindings.map(
    ({ name, class_name: className }) => [name, { className, useSQLite: true }] as const,
  );
  worker = await startWorker(await workerBundle(main), {
    compatibilityDate: configuration.compatibility_date,
    compatibilityFlags: configuration.compatibility_flags,
    durableObjects: Object.fromEntries(objects),
    bindings: {
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
    },
  });
  baseURL = new URL("/v1", await worker.ready).href;
});

afterAll(async () => {
  await worker?.dispose();
  await emulator?.close();
});

const chat = (content: string) => ({ model: "gpt-4.1-nano", messages: [{ role: "user" as const, content }] });

describe("the gateway as a Worker, by its configuration", () => {
  it("answers 50 chats of one caller at once over one connection to the event stream", async () => {
    const { id, token } = await emulator.createUser();
    const openai = new OpenAI({ baseURL, apiKey: token, maxRetries: 0 });
    const ask = async (index: number): Promise<string> => {
      let text = "";
      const stream = await openai.chat.completions.create({ ...chat(`Say: answer ${index}`), stream: true });
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? "";
      return text;
    };
    const texts = await Promise.all(Array.from({ length: 50 }, (_, index) => ask(index)));
    for (const [index, text] of texts.entries()) expect(text).toContain(`answer ${index}`);
    expect(emulator.journal.list({ user: id, route: "GET /user_stream/stream" })).toHaveLength(1);
  });

  it("keeps what one caller was answered from all others", async () => {
    const clientOf = (apiKey: string) => new OpenAI({ baseURL, apiKey, maxRetries: 0 });
    const [alice, bob] = [await emulator.createUser(), await emulator.createUser()];
    const first = await clientOf(alice.token).responses.create({ model: "gpt-4.1-nano", input: "Say: one" });
    const next = { model: "gpt-4.1-nano", input: "Say: two", previous_response_id: first.id };
    expect((await clientOf(alice.token).responses.create(next)).output_text).toContain("two");
    await expect(clientOf(bob.token).responses.create(next)).rejects.toBeInstanceOf(OpenAI.APIError);
    expect(emulator.journal.list({ user: bob.id, route: "POST /completion" })).toHaveLength(0);
  });
});
