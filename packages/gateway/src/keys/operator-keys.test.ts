import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestEntry } from "../service/request-entry.ts";
import { useService } from "../testing/service.ts";
import { keepSession } from "../testing/session-file.ts";
import { fileKeyStore } from "./file-key-store.ts";
import { changeKeyFile } from "./key-file.ts";
import type { KeyEntry } from "./key-file-schema.ts";
import { operatorKeys } from "./key-store.ts";
import { newKey } from "./new-key.ts";

const service = useService();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
const newFile = (): string => join(folder, `${++files}.json`);

/** A key in a file, for an account that the rest says. */
async function give(path: string, entry: Partial<KeyEntry>): Promise<{ key: string; id: string }> {
  const { key, id, sha256 } = await newKey();
  const createdAt = new Date().toISOString();
  await changeKeyFile(path, (keys) => [...keys, { id, name: "a user", sha256, createdAt, ...entry }]);
  return { key, id };
}

const say = (openai: OpenAI) =>
  openai.chat.completions.create({ model: "gpt-4.1-nano", messages: [{ role: "user", content: "Say: hello" }] });

describe("a key of the operator's", () => {
  it("opens the account of its session, and of its API key", async () => {
    const [one, other] = [await service.user(), await service.user()];
    const path = newFile();
    const sessionFile = join(folder, `${one.id}.session.json`);
    await keepSession(sessionFile, one, service.emulator);
    const keys = [await give(path, { sessionFile }), await give(path, { apiKeyVariable: "OTHER" })];
    const authenticate = operatorKeys(fileKeyStore(path, { env: { OTHER: other.apiKey } }));
    for (const { key } of keys) {
      const { choices } = await say(service.openai(key, { authenticate, direct: true }));
      expect(choices[0]?.message.content).toContain("hello");
    }
    expect(await service.emulator.journal.waitFor({ user: one.id, route: "POST /completion" })).toBeDefined();
    expect(await service.emulator.journal.waitFor({ user: other.id, route: "POST /external/use/llm" })).toBeDefined();
  });

  it("is of no use once it is revoked, and no other is there in its place", async () => {
    const user = await service.user();
    const path = newFile();
    const { key, id } = await give(path, { apiKeyVariable: "KEY" });
    const authenticate = operatorKeys(fileKeyStore(path, { env: { KEY: user.apiKey } }));
    const openai = service.openai(key, { authenticate });
    await say(openai);
    await changeKeyFile(path, (keys) => keys.filter((each) => each.id !== id));
    await expect(say(openai)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    const nearly = `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`;
    for (const wrong of [nearly, key.slice(0, -1), `${key} `.repeat(50), user.token, user.apiKey]) {
      await expect(say(openai.withOptions({ apiKey: wrong }))).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    }
  });

  it("has its own limit a minute, and says when to come again", async () => {
    const user = await service.user();
    const path = newFile();
    const [{ key }, free] = [
      await give(path, { apiKeyVariable: "KEY", requestsPerMinute: 1 }),
      await give(path, { apiKeyVariable: "KEY" }),
    ];
    const authenticate = operatorKeys(fileKeyStore(path, { env: { KEY: user.apiKey } }));
    const openai = service.openai(key, { authenticate });
    await openai.models.list();
    // A minute may end between two: of three, two are of one minute.
    const answers = await Promise.allSettled([openai.models.list(), openai.models.list()]);
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toBeInstanceOf(OpenAI.RateLimitError);
    const seconds = Number(refused[0].headers.get("retry-after"));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    await openai.withOptions({ apiKey: free.key }).models.list();
  });

  it("lies in its file as a hash, which nobody else may read", async () => {
    const path = newFile();
    const { key } = await give(path, { apiKeyVariable: "KEY" });
    expect(await readFile(path, "utf8")).not.toContain(key.slice(4));
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it("lets nobody in while its file is broken, or its API key is not set", async () => {
    const path = newFile();
    const { key } = await give(path, { apiKeyVariable: "KEY" });
    const reasons: unknown[] = [];
    const onRequest = ({ reason }: RequestEntry): void => void reasons.push(reason);
    const openai = service.openai(key, { authenticate: operatorKeys(fileKeyStore(path, { env: {} })), onRequest });
    await expect(say(openai)).rejects.toMatchObject({ status: 500, code: "authentication_unavailable" });
    expect(reasons.pop()).toMatch(/in KEY, which is not set/);
    for (const text of ["{", "[]", '{"version":1,"keys":[{}]}', ""]) {
      await writeFile(path, text);
      const refused = await say(openai).catch((error: unknown) => error);
      expect(refused).toMatchObject({ status: 500 });
      expect(String(refused)).not.toContain(path);
      expect(reasons.pop()).toContain(`${path} is no file of keys`);
    }
    await rm(path);
    await expect(say(openai)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  });

  it("is never lost when several are made at once", async () => {
    const path = newFile();
    const made = await Promise.all(Array.from({ length: 6 }, () => give(path, { apiKeyVariable: "KEY" })));
    const { keys } = JSON.parse(await readFile(path, "utf8"));
    expect(keys.map(({ id }: KeyEntry) => id).sort()).toEqual(made.map(({ id }) => id).sort());
  });
});
