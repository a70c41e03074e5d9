import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";

let emulator: Awaited<ReturnType<typeof createEmulator>>;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

const control = (method: string, path: string, body?: string): Promise<Response> =>
  emulator.fetch(`/__emulator${path}`, { method, ...(body === undefined ? {} : { body }) });

it("brings everything back into another state, big numbers and files included", async () => {
  const user = await emulator.createUser({ email: "dora@example.com", credits: 7 });
  const headers = { authorization: user.token };
  const form = new FormData();
  form.set("file", new File(["exported"], "a.txt"));
  const stored = await emulator.fetch("/file/store", { method: "POST", headers, body: form });
  const { url }: { url: string } = await stored.json();
  const rest = { apikey: emulator.supabaseKey, authorization: `Bearer ${user.token}` };
  const data = '{"big": 12345678901234567890123}';
  const id = crypto.randomUUID();
  const row = `{"id": "${id}", "metadata": ${data}}`;
  const post = { method: "POST", headers: { ...rest, "content-type": "application/json" }, body: row };
  expect((await emulator.fetch("/rest/v1/conversation", post)).status).toBe(201);

  const exported = await (await control("GET", "/export")).text();
  expect(exported).not.toContain('"d":');
  await emulator.reset();
  expect((await emulator.fetch(url)).status).toBe(404);
  expect((await control("POST", "/import", exported)).status).toBe(200);
  expect(await (await emulator.fetch(url)).text()).toBe("exported");
  const found = await emulator.fetch(`/rest/v1/conversation?id=eq.${id}&select=metadata`, { headers: rest });
  expect(await found.text()).toBe(`[{"metadata":${data}}]`);
});

it("refuses what is no export, and leaves everything as it was", async () => {
  const before = await (await control("GET", "/status")).json();
  const header = JSON.stringify({ format: "flowith-emulator", version: 1, exportedAt: "now" });
  const strange = { table: { name: "public.x; drop table public.flow_node", columns: "id", rows: "[]" } };
  for (const [body, message] of [
    ["hello", "This is not an export"],
    ["", "This is not an export"],
    [`${header}\n{}`, "Line 2 is not one of an export"],
    [`${header}\n${JSON.stringify(strange)}`, "There is no table public.x; drop"],
  ]) {
    const answer = await control("POST", "/import", body);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(message ?? "") });
  }
  expect(await (await control("GET", "/status")).json()).toMatchObject({ users: Object(before).users });
});
