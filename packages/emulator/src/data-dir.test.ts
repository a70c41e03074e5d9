import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createEmulator, startEmulator } from "./start-emulator.ts";
import { restOf } from "./testing/rest-of.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "flowith-data-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

type Emulator = Awaited<ReturnType<typeof createEmulator>>;

async function balance(emulator: Emulator, token: string): Promise<number> {
  const answer = await emulator.fetch("/user/credits", { headers: { authorization: token } });
  const grants: { remain_quota: number }[] = await answer.json();
  return grants.reduce((sum, { remain_quota }) => sum + remain_quota, 0);
}

async function upload(emulator: Emulator, token: string): Promise<string> {
  const form = new FormData();
  form.set("file", new File(["kept"], "note.txt", { type: "text/plain" }));
  const init = { method: "POST", headers: { authorization: token }, body: form };
  const { url }: { url: string } = await (await emulator.fetch("/file/store", init)).json();
  return url;
}

const idOf = "00000000-0000-4000-8000-0000000000aa";

it("finds rows, users, sessions, files, credits and its address again", async () => {
  const first = await startEmulator({ dataDir });
  const carol = await first.createUser({ email: "carol@example.com", password: "carols-password", credits: 55 });
  await restOf(first, carol.token)("/conversation", { id: idOf, title: "Kept" });
  const file = await upload(first, carol.token);
  const { url } = first;
  await first.close();

  await using second = await startEmulator({ dataDir });
  expect(second.url).toBe(url);
  expect(await restOf(second, carol.token)("/conversation?select=title")).toEqual([{ title: "Kept" }]);
  expect(await (await fetch(file)).text()).toBe("kept");
  expect(await balance(second, carol.token)).toBe(55);
  expect(second.users.map(({ email }) => email)).toEqual(["alice@example.com", "bob@example.com"]);
  const refreshed = await fetch(`${url}/auth/v1/token?grant_type=refresh_token`, {
    method: "POST",
    headers: { apikey: second.supabaseKey },
    body: JSON.stringify({ refresh_token: carol.refreshToken }),
  });
  expect(refreshed.status).toBe(200);
  await second.reset();
  expect((await fetch(file)).status).toBe(404);
  const [alice] = second.users;
  const titles = await restOf(second, alice?.token ?? "")("/conversation?select=title&order=title");
  expect(titles).toEqual([{ title: "Budget" }, { title: "Kyoto in autumn" }]);
});

it("fails the jobs that its end has cut short, and gives their credits back", async () => {
  const first = await createEmulator({ dataDir, firstEventMs: 60_000 });
  const { token } = await first.createUser({ id: idOf, credits: 10 });
  const rest = restOf(first, token);
  await rest("/conversation", { id: idOf });
  await rest("/flow_node", { id: idOf, conv_id: idOf, type: "2", data: { status: "init" } });
  const job = { model: "gpt-4.1-nano", messages: [{ role: "user", content: "Hi" }], nodeId: idOf, convId: idOf };
  const init = { method: "POST", headers: { authorization: token }, body: JSON.stringify(job) };
  expect((await first.fetch("/completion/async", init)).status).toBe(200);
  await first.close();

  await using second = await createEmulator({ dataDir });
  const error = "The emulator was stopped while this job ran.";
  const [node] = [await restOf(second, token)("/flow_node?select=data->>status,data->>error")].flat();
  expect(node).toEqual({ status: "failed", error });
  expect(await balance(second, token)).toBe(10);
});

it("knows the developer API's tasks again: those that ended, and as failed those that its end has cut short", async () => {
  const first = await createEmulator({ dataDir, videoMs: 0 });
  const { apiKey, token } = await first.createUser({ credits: 1_000 });
  const asked = async (emulator: Emulator, path: string, body?: object): Promise<Record<string, unknown>> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const answer = await emulator.fetch(`/external/use/music/${path}`, { ...init, headers });
    const { data }: { data: Record<string, unknown> } = await answer.json();
    return data;
  };
  const tune = { model: "minimax-music-v2", prompt: "A slow waltz at night" };
  const { task_id: ended } = await asked(first, "generate", tune);
  await vi.waitFor(async () =>
    expect(await asked(first, `status?task_id=${ended}`)).toMatchObject({ status: "completed" }),
  );
  const before = await balance(first, token);
  first.settings.videoMs = 60_000;
  const { task_id: cut } = await asked(first, "generate", tune);
  expect(await balance(first, token)).toBeLessThan(before);
  await first.close();

  await using second = await createEmulator({ dataDir });
  expect(await asked(second, `status?task_id=${ended}`)).toMatchObject({
    status: "completed",
    url: expect.stringContaining("/files/"),
    cost: expect.any(Number),
  });
  expect(await asked(second, `status?task_id=${cut}`)).toMatchObject({
    status: "failed",
    error: { message: "The emulator was stopped while this task ran." },
  });
  expect(await balance(second, token)).toBe(before);
});

it("is one process's at a time", async () => {
  await using _ = await createEmulator({ dataDir });
  await expect(createEmulator({ dataDir })).rejects.toThrow(`is in use by process ${process.pid}`);
});

it("begins anew where the first start was cut short, and touches no folder that is not its own", async () => {
  await writeFile(join(dataDir, "thesis.txt"), "years of work");
  await expect(createEmulator({ dataDir })).rejects.toThrow("it holds thesis.txt");
  await rm(join(dataDir, "thesis.txt"));
  await writeFile(join(dataDir, "first-start"), "");
  await writeFile(join(dataDir, "database"), "half a database");
  await using emulator = await createEmulator({ dataDir });
  expect(emulator.users).toHaveLength(2);
});
