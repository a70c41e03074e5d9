import { InvalidArgumentError, RequestBudget } from "@flowith-webapi/core";
import { afterEach, expect, it, vi } from "vitest";
import { ClientPool, type PooledClient } from "./client-pool.ts";

class FakeClient implements PooledClient {
  readonly name: string;
  isBusy = false;
  isClosed = false;
  readonly budgets: RequestBudget[] = [];

  constructor(name: string) {
    this.name = name;
  }

  shareRequests(budget: RequestBudget): void {
    this.budgets.push(budget);
  }

  close(): void {
    this.isClosed = true;
  }
}

afterEach(() => {
  vi.useRealTimers();
});

/** A pool and all clients that it has had made. */
function pool(options: { max?: number; maxIdleMs?: number; maxRequests?: number; isAsync?: boolean } = {}) {
  const made: FakeClient[] = [];
  const { isAsync = false, ...rest } = options;
  const create = (name: string): FakeClient | Promise<FakeClient> => {
    const client = new FakeClient(name);
    made.push(client);
    return isAsync ? Promise.resolve(client) : client;
  };
  const closed = (): string[] => made.filter(({ isClosed }) => isClosed).map(({ name }) => name);
  return { clients: new ClientPool<FakeClient>({ ...rest, create }), made, closed };
}

it.each([false, true])(
  "gives the same client for the same key, also at once (made asynchronously: %s)",
  async (isAsync) => {
    const { clients, made } = pool({ isAsync });
    const [one, other, bobs] = await Promise.all([clients.get("alice"), clients.get("alice"), clients.get("bob")]);
    expect([one === other, one === (await clients.get("alice")), bobs.name]).toEqual([true, true, "bob"]);
    expect([made.length, clients.size]).toEqual([2, 2]);
  },
);

it("lets the one go that was asked for least recently, and closes it", async () => {
  const { clients, made, closed } = pool({ max: 2 });
  for (const key of ["a", "b", "a", "c"]) await clients.get(key);
  expect([closed(), clients.size]).toEqual([["b"], 2]);
  await clients.get("b");
  expect([closed(), made.map(({ name }) => name)]).toEqual([
    ["a", "b"],
    ["a", "b", "c", "b"],
  ]);
});

it("closes none that is at work, and those beyond max once they are not", async () => {
  const { clients, closed } = pool({ max: 1 });
  const [a, b] = [await clients.get("a"), await clients.get("b")];
  expect(closed()).toEqual(["a"]);
  b.isBusy = true;
  const c = await clients.get("c");
  c.isBusy = true;
  await clients.get("d");
  expect([closed(), clients.size]).toEqual([["a"], 3]);
  expect(await clients.get("b")).toBe(b);
  b.isBusy = false;
  c.isBusy = false;
  await clients.get("e");
  expect([closed(), clients.size]).toEqual([["a", "b", "c", "d"], 1]);
  expect(a.isClosed).toBe(true);
});

it("lets none go that is still being made", async () => {
  const { clients, closed } = pool({ max: 1, isAsync: true });
  const [a, b] = await Promise.all([clients.get("a"), clients.get("b")]);
  expect([closed(), clients.size]).toEqual([[], 2]);
  await clients.get("c");
  expect([a.isClosed, b.isClosed, clients.size]).toEqual([true, true, 1]);
});

it("lets those go that nobody has asked for in a while, when another is asked for", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { clients, closed } = pool({ maxIdleMs: 1_000 });
  for (const key of ["a", "b", "a"]) await clients.get(key);
  vi.advanceTimersByTime(999);
  await clients.get("b");
  expect(closed()).toEqual([]);
  vi.advanceTimersByTime(1);
  await clients.get("c");
  expect([closed(), clients.size]).toEqual([["a"], 2]);
  // Whoever asks for one that is old keeps it.
  vi.advanceTimersByTime(1_000);
  await clients.get("b");
  expect([closed(), clients.size]).toEqual([["a", "c"], 1]);
});

it("counts work as use, and closes none at work for its age", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { clients, closed } = pool({ maxIdleMs: 1_000 });
  const a = await clients.get("a");
  a.isBusy = true;
  vi.advanceTimersByTime(5_000);
  await clients.get("b");
  a.isBusy = false;
  vi.advanceTimersByTime(999);
  await clients.get("b");
  expect(closed()).toEqual([]);
  vi.advanceTimersByTime(1);
  await clients.get("b");
  expect(closed()).toEqual(["a"]);
});

it("lets none go for its age unless it is told to", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { clients, closed } = pool();
  await clients.get("a");
  vi.advanceTimersByTime(1e12);
  await clients.get("b");
  expect(closed()).toEqual([]);
});

it("keeps none whose creation fails, in whatever way", async () => {
  const failures = [
    (): FakeClient => {
      throw new Error("no database");
    },
    (): Promise<FakeClient> => Promise.reject(new Error("no database")),
  ];
  const clients = new ClientPool<FakeClient>({ create: (key) => failures.shift()?.() ?? new FakeClient(key) });
  await expect(clients.get("a")).rejects.toThrow("no database");
  const both = [clients.get("a"), clients.get("a")];
  for (const one of both) await expect(one).rejects.toThrow("no database");
  expect(clients.size).toBe(0);
  expect((await clients.get("a")).name).toBe("a");
});

it("gives one budget to all clients, and none unless it is asked to", async () => {
  const { clients, made } = pool({ maxRequests: 3 });
  await clients.get("a");
  await clients.get("b");
  const [first] = made;
  expect(made.map(({ budgets }) => budgets)).toEqual([first?.budgets, first?.budgets]);
  expect(first?.budgets).toEqual([expect.any(RequestBudget)]);
  const { clients: plain } = pool();
  expect((await plain.get("a")).budgets).toEqual([]);
});

it("closes all at once, also those that are being made, and can be used again", async () => {
  const { clients, made, closed } = pool({ isAsync: true });
  await clients.get("a");
  const b = clients.get("b");
  clients.close();
  await b;
  expect([closed(), clients.size]).toEqual([["a", "b"], 0]);
  expect(await clients.get("a")).toBe(made[2]);
});

it("refuses what is no key, and what are no options", async () => {
  const { clients, made } = pool();
  for (const key of ["", " ", undefined, 7]) {
    await expect(Reflect.apply(clients.get, clients, [key])).rejects.toThrow(InvalidArgumentError);
  }
  expect(made).toEqual([]);
  const create = (): FakeClient => new FakeClient("a");
  for (const options of [
    {},
    { create, max: 0 },
    { create, maxRequests: 1.5 },
    { create, maxIdleMs: 0 },
    { create: 7 },
    { create, size: 1 },
  ]) {
    expect(() => Reflect.construct(ClientPool, [options])).toThrow(InvalidArgumentError);
  }
  const nothing = Reflect.construct(ClientPool, [{ create: () => undefined }]);
  await expect(nothing.get("a")).rejects.toThrow("create gave no client");
});
