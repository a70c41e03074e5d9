import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Emulator } from "../emulator.ts";
import { createEmulator } from "../start-emulator.ts";
import { expectDenied, insert, patch, rows, shared } from "../testing/row-requests.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

const newClient = (): Promise<TestClient> => TestClient.create(emulator);

describe("a cooperation", () => {
  it("that an owner made for an own conversation opens no other one", async () => {
    const [intruder, owner] = [await newClient(), await newClient()];
    const [conv_id, foreign] = [await intruder.conversation(), await owner.conversation()];
    const node = await owner.node("1", { value: "a secret" });
    const user_id = intruder.user.id;
    expect((await insert(intruder, "cooperate", { user_id, conv_id, role: 0 })).status).toBe(201);
    await expectDenied(await patch(intruder, `/cooperate?conv_id=eq.${conv_id}`, { conv_id: foreign }));
    expect(await rows(intruder, `/flow_node?id=eq.${node}`)).toEqual([]);
    await expectDenied(await insert(intruder, "cooperate", { user_id, conv_id: foreign, role: 0 }));
  });

  it.each([
    ["role", { role: 0 }],
    ["user_id", { user_id: randomUUID() }],
    ["conv_id", { conv_id: "0c000000-0000-4000-8000-000000000001" }],
    ["created_at", { created_at: "2000-01-01T00:00:00Z" }],
    ["role beside top", { top: true, role: 1 }],
  ])("is not the cooperator's to change: %s", async (_, change) => {
    const { other, path } = await shared(emulator, 3);
    const before = await rows(other, path);
    await expectDenied(await patch(other, path, change));
    expect(await rows(other, path)).toEqual(before);
  });

  it("may be pinned by the cooperator, and its role changed by the owner", async () => {
    const { owner, other, path } = await shared(emulator, 3);
    expect((await patch(other, path, { top: true })).status).toBe(204);
    expect((await patch(owner, path, { role: 1 })).status).toBe(204);
    expect(await rows(other, `${path}&select=role,top`)).toEqual([{ role: 1, top: true }]);
  });

  it("may be moved between two conversations of one owner", async () => {
    const { owner, other, path } = await shared(emulator, 2);
    const id = randomUUID();
    expect((await insert(owner, "conversation", { id })).status).toBe(201);
    expect((await patch(owner, path, { conv_id: id })).status).toBe(204);
    expect(await rows(other, "/cooperate?select=conv_id")).toEqual([{ conv_id: id }]);
  });
});

describe("a node", () => {
  it("is not taken out of a conversation by one who may only write there", async () => {
    const { owner, other } = await shared(emulator, 1);
    const node = await owner.node("1", { value: "stays" });
    const path = `/flow_node?id=eq.${node}`;
    expect((await patch(other, path, { data: { value: "edited" } })).status).toBe(204);
    await expectDenied(await patch(other, path, { conv_id: await other.conversation() }));
    expect(await owner.data(node)).toEqual({ value: "edited" });
  });

  it("is moved by the owner of both conversations, and into nobody else's", async () => {
    const [owner, other] = [await newClient(), await newClient()];
    const node = await owner.node("1", { value: "mine" });
    const id = randomUUID();
    expect((await insert(owner, "conversation", { id })).status).toBe(201);
    expect((await patch(owner, `/flow_node?id=eq.${node}`, { conv_id: id })).status).toBe(204);
    await expectDenied(await patch(owner, `/flow_node?id=eq.${node}`, { conv_id: await other.conversation() }));
  });
});

describe("a row stays with its owner and in conversations that its owner may write", () => {
  interface Sides {
    own: string;
    foreign: string;
    ownProject: string;
    foreignProject: string;
    stranger: string;
  }
  interface Move {
    /** Absent where the owner has one from the start. */
    row?: object;
    allowed: object;
    refused: object[];
  }
  const moves: [string, (sides: Sides) => Move][] = [
    ["flow_project", ({ stranger }) => ({ row: {}, allowed: { title: "T" }, refused: [{ user_id: stranger }] })],
    [
      "conversation",
      ({ ownProject, foreignProject, stranger }) => ({
        row: {},
        allowed: { project_id: ownProject },
        refused: [{ project_id: foreignProject }, { user_id: stranger }],
      }),
    ],
    [
      "user_upload_records",
      ({ own, foreign, stranger }) => ({
        row: { value: "https://files.example/a" },
        allowed: { conv_id: own },
        refused: [{ conv_id: foreign }, { user_id: stranger }],
      }),
    ],
    [
      "discuss",
      ({ own, foreign, stranger }) => ({
        row: { conv_id: own, content: "hello" },
        allowed: { content: "hello again" },
        refused: [{ conv_id: foreign }, { user_id: stranger }],
      }),
    ],
    [
      "conv_novel_editor",
      ({ own, foreign }) => ({
        row: { conv_id: own, content: "Chapter 1" },
        allowed: { content: "Chapter 2" },
        refused: [{ conv_id: foreign }],
      }),
    ],
    [
      "oracle_stream",
      ({ own, foreign }) => ({
        row: { conv_id: own },
        allowed: { is_public: false },
        refused: [{ conv_id: foreign }],
      }),
    ],
    ["user_profile", ({ stranger }) => ({ allowed: { language: "pl" }, refused: [{ id: stranger }] })],
    ["os_user_active", ({ stranger }) => ({ row: {}, allowed: { platform: "web" }, refused: [{ user_id: stranger }] })],
  ];

  it.each(moves)("%s", async (table, move) => {
    const [owner, other] = [await newClient(), await newClient()];
    const [ownProject, foreignProject] = [randomUUID(), randomUUID()];
    expect((await insert(owner, "flow_project", { id: ownProject, title: "one" })).status).toBe(201);
    expect((await insert(other, "flow_project", { id: foreignProject, title: "another" })).status).toBe(201);
    const sides = { own: await owner.conversation(), foreign: await other.conversation(), ownProject, foreignProject };
    const { row, allowed, refused } = move({ ...sides, stranger: other.user.id });
    if (row !== undefined) expect((await insert(owner, table, row)).status).toBe(201);
    for (const change of refused) {
      await expectDenied(await patch(owner, `/${table}`, change));
      await expectDenied(await insert(owner, table, { ...row, ...change }));
    }
    expect((await patch(owner, `/${table}`, allowed)).status).toBe(204);
  });

  it("a message is no longer its author's to change where the author may no longer read", async () => {
    const { owner, other, convId, path } = await shared(emulator, 2);
    expect((await insert(other, "discuss", { conv_id: convId, content: "hello" })).status).toBe(201);
    expect((await owner.rest(path, { method: "DELETE" })).status).toBe(204);
    await patch(other, "/discuss", { content: "changed" });
    expect(await rows(owner, "/discuss?select=content")).toEqual([{ content: "hello" }]);
  });
});
