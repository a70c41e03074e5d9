import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { expectDenied, insert, patch, rows, shared } from "../testing/row-requests.ts";
import { TestClient } from "../testing/test-client.ts";

const anyRows: v.GenericSchema<unknown, Record<string, unknown>[]> = v.array(v.record(v.string(), v.unknown()));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

describe.each([
  ["an oracle", "oracle_stream", "requirement"],
  ["a novel", "conv_novel_editor", "content"],
])("%s", (_, table, content) => {
  /** A row of the owner's, in a conversation in which another may write. */
  async function sharedRow() {
    const { owner, other, convId } = await shared(emulator, 1);
    expect((await insert(owner, table, { conv_id: convId, [content]: "first" })).status).toBe(201);
    return { owner, other, convId, path: `/${table}?conv_id=eq.${convId}` };
  }

  it("is edited by one who may only write there, and neither moved nor deleted", async () => {
    const { owner, other, convId, path } = await sharedRow();
    expect((await patch(other, path, { [content]: "second" })).status).toBe(204);
    const [row] = v.parse(anyRows, await rows(owner, path));
    expect(row).toMatchObject({ conv_id: convId, [content]: "second" });
    const conv_id = await other.conversation();
    await expectDenied(await patch(other, path, { conv_id }));
    expect((await other.rest(path, { method: "DELETE" })).status).toBe(204);
    expect(await rows(owner, path)).toEqual([row]);
  });

  it("is moved and deleted by the owner", async () => {
    const { owner, other, convId, path } = await sharedRow();
    const id = randomUUID();
    expect((await insert(owner, "conversation", { id })).status).toBe(201);
    expect((await patch(owner, path, { conv_id: id })).status).toBe(204);
    expect(await rows(other, path)).toEqual([]);
    expect((await patch(owner, `/${table}?conv_id=eq.${id}`, { conv_id: convId })).status).toBe(204);
    expect((await owner.rest(path, { method: "DELETE" })).status).toBe(204);
    expect(await rows(owner, path)).toEqual([]);
  });
});

describe("an oracle", () => {
  async function sharedOracle() {
    const { owner, other, convId } = await shared(emulator, 1);
    const id = randomUUID();
    const row = { id, conv_id: convId, requirement: "first", is_public: false };
    expect((await insert(owner, "oracle_stream", row)).status).toBe(201);
    return { owner, other, convId, row, path: `/oracle_stream?id=eq.${id}` };
  }
  const upsert = (client: TestClient, row: object): Promise<Response> =>
    emulator.fetch("/rest/v1/oracle_stream?on_conflict=id", {
      method: "POST",
      headers: {
        apikey: emulator.supabaseKey,
        authorization: `Bearer ${client.user.token}`,
        "content-type": "application/json",
        prefer: "resolution=merge-duplicates",
      },
      body: JSON.stringify(row),
    });
  const anon = async (path: string): Promise<unknown> =>
    (await emulator.fetch(`/rest/v1${path}`, { headers: { apikey: emulator.supabaseKey } })).json();

  it("is not moved by an upsert either", async () => {
    const { owner, other, row, path } = await sharedOracle();
    await expectDenied(await upsert(other, { ...row, conv_id: await other.conversation() }));
    expect((await upsert(other, { ...row, requirement: "second" })).status).toBe(200);
    expect(await rows(owner, path)).toMatchObject([{ ...row, requirement: "second" }]);
  });

  it("is published and withdrawn by the owner alone", async () => {
    const { owner, other, convId, row, path } = await sharedOracle();
    const published = { ...row, is_public: true };
    await expectDenied(await patch(other, path, { is_public: true }));
    await expectDenied(await upsert(other, published));
    await expectDenied(await insert(other, "oracle_stream", { conv_id: convId, is_public: true }));
    expect(await anon(path)).toEqual([]);
    expect((await patch(owner, path, { is_public: true })).status).toBe(204);
    await expectDenied(await patch(other, path, { is_public: false }));
    expect((await upsert(other, { ...published, requirement: "second" })).status).toBe(200);
    expect(await anon(path)).toMatchObject([{ ...published, requirement: "second" }]);
    expect((await patch(owner, path, { is_public: false })).status).toBe(204);
    expect(await anon(path)).toEqual([]);
  });

  it("is not published in another's conversation by being moved there", async () => {
    const { other, convId } = await shared(emulator, 1);
    const row = { id: randomUUID(), conv_id: await other.conversation(), is_public: true };
    expect((await insert(other, "oracle_stream", row)).status).toBe(201);
    const path = `/oracle_stream?id=eq.${row.id}`;
    await expectDenied(await patch(other, path, { conv_id: convId }));
    expect((await patch(other, path, { conv_id: convId, is_public: false })).status).toBe(204);
  });
});

describe("the id and the age of a row are fixed, for its owner too", () => {
  const early = "2000-01-01T00:00:00Z";
  const tables: [string, (convId: string) => object, object[]][] = [
    ["flow_project", () => ({ id: randomUUID() }), [{ id: randomUUID() }, { created_at: early }]],
    ["conversation", () => ({ id: randomUUID() }), [{ id: randomUUID() }, { created_at: early }]],
    ["user_upload_records", () => ({ value: "https://files.example/a" }), [{ id: 4_000 }, { created_at: early }]],
    ["discuss", (conv_id) => ({ conv_id, content: "hello" }), [{ id: 4_000 }, { created_at: early }]],
    ["oracle_stream", (conv_id) => ({ conv_id }), [{ id: randomUUID() }, { created_at: early }]],
    ["user_profile", () => ({}), [{ created_at: early }]],
  ];

  it.each(tables)("%s", async (table, row, changes) => {
    const owner = await TestClient.create(emulator);
    const conv_id = await owner.conversation();
    if (table !== "user_profile") expect((await insert(owner, table, row(conv_id))).status).toBe(201);
    const before = await rows(owner, `/${table}?order=created_at`);
    for (const change of changes) await expectDenied(await patch(owner, `/${table}`, change));
    expect(await rows(owner, `/${table}?order=created_at`)).toEqual(before);
  });

  it("flow_node, and the cooperator's change is refused as well", async () => {
    const { owner, other } = await shared(emulator, 1);
    const node = await owner.node("1", { value: "stays" });
    const path = `/flow_node?id=eq.${node}`;
    const before = await rows(owner, path);
    for (const client of [owner, other]) {
      await expectDenied(await patch(client, path, { id: randomUUID() }));
      await expectDenied(await patch(client, path, { created_at: early }));
    }
    expect(await rows(owner, path)).toEqual(before);
    const [row] = v.parse(anyRows, before);
    expect((await patch(other, path, { ...row, is_delete: true })).status).toBe(204);
  });

  it("cooperate", async () => {
    const { owner, path } = await shared(emulator, 1);
    await expectDenied(await patch(owner, path, { created_at: early }));
  });
});
