import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { type Release, RequestsInFlight } from "./requests-in-flight.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Takes a place, and notes when it is there. */
function taker(places: RequestsInFlight, order: string[]) {
  return (name: string, signal?: AbortSignal): Promise<Release> =>
    places.take(signal).then((release) => {
      order.push(name);
      return release;
    });
}

it("lets so many in at once, and the others in the order in which they came", async () => {
  const order: string[] = [];
  const take = taker(new RequestsInFlight(2), order);
  const [first, second] = await Promise.all([take("a"), take("b")]);
  const later = [take("c"), take("d")];
  await settle();
  expect(order).toEqual(["a", "b"]);
  first();
  // Who comes at the moment in which a place is given back stands behind those who wait for it.
  const last = take("e");
  await settle();
  expect(order).toEqual(["a", "b", "c"]);
  second();
  for (const release of await Promise.all(later)) release();
  (await last)();
  expect(order).toEqual(["a", "b", "c", "d", "e"]);
});

it("takes a place back once only", async () => {
  const order: string[] = [];
  const take = taker(new RequestsInFlight(1), order);
  const release = await take("a");
  release();
  release();
  await take("b");
  void take("c");
  await settle();
  expect(order).toEqual(["a", "b"]);
});

it("lets an aborted wait go, with the signal's reason and without a listener left", async () => {
  const order: string[] = [];
  const take = taker(new RequestsInFlight(1), order);
  const release = await take("a");
  const controller = new AbortController();
  const left = take("b", controller.signal);
  const next = take("c", new AbortController().signal);
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(left).rejects.toBe(reason);
  release();
  (await next)();
  expect(order).toEqual(["a", "c"]);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  await expect(take("d", AbortSignal.abort(reason))).rejects.toBe(reason);
  (await take("e"))();
});
