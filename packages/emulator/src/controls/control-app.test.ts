import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmulatorOptionError } from "../option-error.ts";
import { createEmulator, startEmulator } from "../start-emulator.ts";

let emulator: Awaited<ReturnType<typeof createEmulator>>;
beforeAll(async () => {
  emulator = await createEmulator({ onError: (error) => bugs.push(error) });
});
afterAll(() => emulator.close());
const bugs: unknown[] = [];

const control = (path: string, body?: string): Promise<Response> =>
  emulator.fetch(`/__emulator${path}`, { method: "POST", ...(body === undefined ? {} : { body }) });

describe("numbers that would break what comes after them", () => {
  it.each([
    ["/clock", '{"setMs":8640000000000001}'],
    ["/clock", '{"setMs":-1}'],
    ["/clock", '{"setMs":1e999}'],
    ["/clock", '{"advanceMs":9e15}'],
    ["/settings", '{"fragmentMs":2147483648}'],
    ["/settings", '{"heartbeatMs":1e300}'],
    ["/users", '{"credits":1e300}'],
    ["/users", '{"expiresInSeconds":1e300}'],
    ["/script", '{"match":"x","delayMs":1e300}'],
    ["/faults", '{"type":"delay","ms":1e300}'],
  ])("%s refuses %s", async (path, body) => {
    expect((await control(path, body)).status).toBe(422);
  });

  it("leave the clock, the settings and everything else as they are", async () => {
    expect((await emulator.fetch("/models")).status).toBe(200);
    expect(Math.abs(emulator.clock.now() - Date.now())).toBeLessThan(60_000);
    expect(emulator.settings.fragmentMs).toBe(20);
    expect(bugs).toEqual([]);
  });

  it.each(["wait=1e300", "after=abc", "status=-1"])("the journal refuses ?%s", async (query) => {
    expect((await emulator.fetch(`/__emulator/journal?${query}`)).status).toBe(422);
  });
});

it.each([
  ["/script", '{"match":"/(((/"}'],
  ["/faults", '{"type":"status","status":500,"headers":{"a b":"c"}}'],
])("%s refuses %s, which would fail only when it is used", async (path, body) => {
  expect((await control(path, body)).status).toBe(422);
});

describe("a user that is there already", () => {
  it.each(['{"email":"alice@example.com"}', '{"id":"a11ce000-0000-4000-8000-000000000001"}'])(
    "%s is a 409",
    async (body) => {
      const answer = await control("/users", body);
      expect([answer.status, await answer.json()]).toEqual([409, expect.objectContaining({ code: "user_taken" })]);
    },
  );

  it("named twice in a reset, is refused before anything is lost", async () => {
    const before = await emulator.createUser();
    const answer = await control("/reset", '{"users":[{"email":"a@b.cc"},{"email":"A@b.cc"}]}');
    expect(answer.status).toBe(409);
    const credits = await emulator.fetch("/user/credits", { headers: { authorization: before.token } });
    expect(await credits.json()).toHaveLength(1);
  });
});

it("users and reset want no body, also where the request cannot say that there is none", async () => {
  const empty = new ReadableStream({ start: (controller) => controller.close() });
  const init = { method: "POST", body: empty, duplex: "half" } as const;
  expect((await emulator.fetch("/__emulator/users", init)).status).toBe(201);
  expect((await control("/reset")).status).toBe(200);
});

/** What is no TypeScript, as from a file of JSON or from JavaScript. */
const untyped = (value: unknown): never => value as never;

describe("in code the same is refused, by an error that names the option", () => {
  const refused: [string, () => unknown, string][] = [
    ["createEmulator", () => createEmulator({ imageMs: 1e300 }), "imageMs"],
    ["createEmulator", () => createEmulator(untyped({ port: 1 })), "port"],
    ["createEmulator", () => createEmulator({ dataDir: "" }), "dataDir"],
    ["createEmulator", () => createEmulator({ tokenLifetimeSeconds: Number.NaN }), "tokenLifetimeSeconds"],
    ["startEmulator", () => startEmulator({ port: 65_536 }), "port"],
    ["startEmulator", () => startEmulator({ host: "" }), "host"],
    ["startEmulator", () => startEmulator({ controlOrigins: ["app.test"] }), "controlOrigins.0"],
    ["startEmulator", () => startEmulator(untyped({ fragmentsMs: 1 })), "fragmentsMs"],
    ["clock", () => emulator.clock.set(Number.NaN), "ms"],
    ["clock", () => emulator.clock.advance(untyped("5")), "ms"],
    ["settings", () => Object.assign(emulator.settings, { fragmentMs: -1 }), "fragmentMs"],
    ["settings", () => Object.assign(emulator.settings, { fragmentsMs: 1 }), "fragmentsMs"],
    ["createUser", () => emulator.createUser({ credits: 1e300 }), "credits"],
    ["createUser", () => emulator.createUser(untyped({ mail: "a@b.cc" })), "mail"],
    ["reset", () => emulator.reset({ users: [{ email: "no address" }] }), "users.0.email"],
    ["model.add", () => emulator.model.add({ match: "/(((/" }), "match"],
    ["model.add", () => emulator.model.add(untyped({ match: "x", answer: "y" })), "answer"],
    ["faults.arm", () => emulator.faults.arm({ type: "delay", ms: 1e300 }), "ms"],
    ["faults.arm", () => emulator.faults.arm(untyped({ type: "stauts", status: 500 })), "type"],
    ["faults.arm", () => emulator.faults.arm(untyped(undefined)), ""],
    ["faults.arm", () => emulator.faults.arm({ type: "status", status: 500, route: "/model" }), "route"],
    ["journal", () => emulator.journal.list(untyped({ path: "/models" })), "path"],
    ["journal.waitFor", () => emulator.journal.waitFor({}, Number.POSITIVE_INFINITY), "timeoutMs"],
  ];

  it.each(refused)("%s: %s", async (place, call, option) => {
    const error = await (async () => call())().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EmulatorOptionError);
    expect(error).toMatchObject({
      option,
      message: expect.stringMatching(option === "" ? `^${place}: ` : `^${place}: ${option}: `),
    });
  });

  it("and nothing of it is done", async () => {
    expect(emulator.faults.list()).toEqual([]);
    expect(emulator.settings).toMatchObject({ fragmentMs: 20 });
    expect(emulator.settings).not.toHaveProperty("fragmentsMs");
    expect(emulator.users).toHaveLength(2);
  });
});
