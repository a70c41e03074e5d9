import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";
import { TestClient } from "../testing/test-client.ts";

let emulator: Awaited<ReturnType<typeof createEmulator>>;
let client: TestClient;
const bugs: unknown[] = [];
beforeAll(async () => {
  emulator = await createEmulator({ onError: (error) => bugs.push(error) });
  client = await TestClient.create(emulator);
});
afterAll(() => emulator.close());

const group = (depth: number): string => `or=(${"and(".repeat(depth)}id.is.null${")".repeat(depth)})`;
const embeds = (depth: number): string =>
  `select=${"x:conversation(flow_node(".repeat(depth / 2)}id${"))".repeat(depth / 2)}`;
const list = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("what nests deeper than Postgres can follow", () => {
  it.each([
    ["groups", group(3000)],
    ["groups behind a quote", `or=(type.eq.",${"and(".repeat(3000)}`],
    ["negated groups", `not.or=(${"not.and(".repeat(1500)}id.is.null${")".repeat(1500)})`],
    ["embeds", embeds(1000)],
    ["a selected path", `select=data${"->a".repeat(3000)}`],
    ["a filtered path", `data${"->a".repeat(3000)}=eq.1`],
    ["an ordering path", `order=data${"->a".repeat(3000)}`],
    ["a JSON value", `data=cs.${list(3000)}`],
  ])("%s of a query are a 400", async (_, query) => {
    const answer = await client.rest(`/flow_node?${query}`);
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: "PGRST100" })]);
  });

  it.each([
    ["/flow_node", (json: string) => `{"data":${json}}`],
    ["/flow_node?columns=data", (json: string) => `[{"data":${json}}]`],
    ["/rpc/remove_online_session", (json: string) => `{"p_session_id":${json}}`],
  ])("JSON sent to %s is a 400", async (path, body) => {
    const answer = await client.rest(path, { method: "POST", body: body(list(90_000)) });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: "PGRST102" })]);
  });

  it("JSON is refused by the auth service and the edge API too", async () => {
    const init = { method: "POST", headers: { apikey: emulator.supabaseKey, "content-type": "application/json" } };
    const body = `{"email":"a@example.com","password":"long-enough","data":{"a":${list(6000)}}}`;
    const signup = await emulator.fetch("/auth/v1/signup", { ...init, body });
    expect([signup.status, await signup.json()]).toEqual([400, expect.objectContaining({ error_code: "bad_json" })]);
    const fault = `{"type":"status","status":500,"body":${list(90_000)}}`;
    expect((await emulator.fetch("/__emulator/faults", { ...init, body: fault })).status).toBe(422);
  });

  it("has crashed nothing", () => {
    expect(bugs).toEqual([]);
  });
});

it("what people write is far from that", async () => {
  expect((await client.rest(`/flow_node?${group(90)}`)).status).toBe(200);
  expect((await client.rest(`/flow_node?select=data${"->a".repeat(100)}`)).status).toBe(200);
  const nested = { data: JSON.parse(list(900)), type: "1", conv_id: await client.conversation() };
  expect((await client.rest("/flow_node", { method: "POST", body: JSON.stringify(nested) })).status).toBe(201);
  const brackets = { data: { value: "[".repeat(5000) }, type: "1", conv_id: await client.conversation() };
  expect((await client.rest("/flow_node", { method: "POST", body: JSON.stringify(brackets) })).status).toBe(201);
});

it("a body that is too large is refused", async () => {
  const body = `{"title":"${"x".repeat(33 * 1024 * 1024)}"}`;
  expect((await client.rest("/conversation", { method: "POST", body })).status).toBe(413);
});
