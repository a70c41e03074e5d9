import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmulator } from "../start-emulator.ts";

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

  it("are refused as options and by the clock in code too", async () => {
    await expect(createEmulator({ imageMs: 1e300 })).rejects.toThrow(/imageMs.*2147483647/);
    expect(() => emulator.clock.set(Number.NaN)).toThrow(RangeError);
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
