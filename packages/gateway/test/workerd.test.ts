import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorker, workerBundle } from "../../emulator/src/testing/in-workerd.ts";

let emulator: Emulator;
let script: string;
beforeAll(async () => {
  emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  script = await workerBundle(fileURLToPath(new URL("./worker-main.ts", import.meta.url)));
});
afterAll(() => emulator.close());

const KEY = "operators-key";
const chat = (content: string) => ({ model: "gpt-4.1-nano", messages: [{ role: "user" as const, content }] });

/** The Worker, whose operator is a user. */
async function workerOf({ refreshToken }: EmulatorUser, durableObjectsPersist?: string) {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const worker = await startWorker(script, {
    compatibilityFlags: ["enable_request_signal"],
    durableObjects: { USERS: { className: "GatewayUser", useSQLite: true } },
    bindings: { KEY, REFRESH_TOKEN: refreshToken, ADDRESSES: { edgeUrl, supabaseUrl, supabaseKey } },
    ...(durableObjectsPersist === undefined ? {} : { durableObjectsPersist }),
  });
  const baseURL = new URL("/v1", await worker.ready).href;
  return {
    openai: (apiKey: string) => new OpenAI({ baseURL, apiKey, maxRetries: 0 }),
    [Symbol.asyncDispose]: () => worker.dispose(),
  };
}

function grants(userId: string): (number | null)[] {
  return emulator.journal.list({ user: userId, route: "POST /auth/v1/token" }).map((entry) => entry.status);
}

describe("in workerd, an object a user", () => {
  it("refreshes once for requests at once, and goes on with that session after a restart", async () => {
    const user = await emulator.createUser();
    const folder = await mkdtemp(join(tmpdir(), "flowith-gateway-"));
    try {
      {
        await using worker = await workerOf(user, folder);
        const openai = worker.openai(KEY);
        const asked = Array.from({ length: 8 }, (_, index) => openai.chat.completions.create(chat(`Say: ${index}`)));
        expect(await Promise.all(asked)).toHaveLength(8);
      }
      expect(grants(user.id)).toEqual([200]);
      await using again = await workerOf(user, folder);
      await again.openai(KEY).chat.completions.create(chat("Say: again"));
      expect(grants(user.id)).toEqual([200]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("ends what a client has left", async () => {
    const user = await emulator.createUser();
    // It would last for minutes.
    emulator.model.add({ match: "a novel", reply: "word ".repeat(10_000), delayMs: 50, user: user.id });
    await using worker = await workerOf(user);
    const stream = await worker.openai(user.apiKey).chat.completions.create({ ...chat("a novel"), stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content) break;
    const route = "POST /external/use/llm";
    const cut = () => emulator.journal.list({ user: user.id, route, isCutShort: true }).length;
    await expect.poll(cut, { timeout: 20_000 }).toBe(1);
  });

  it("answers an error of the service, a credential that opens nothing and an unknown route in shape", async () => {
    const user = await emulator.createUser();
    await using worker = await workerOf(user);
    const refused = worker.openai("flo_wrong").chat.completions.create(chat("Say: no"));
    await expect(refused).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(worker.openai("unknown").models.list()).rejects.toMatchObject({ status: 401, code: "authentication" });
    await expect(worker.openai(KEY).get("/nowhere")).rejects.toMatchObject({ status: 404, code: "unknown_route" });
  });
});
