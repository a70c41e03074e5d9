import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FRAGMENTS, REASONING, TEXT } from "./sweep.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false, seed: false });
});

afterAll(() => emulator.close());

/** A door in front of the emulator that can be shut, so that connections break and new ones are refused. */
async function openDoor(): Promise<{ port: number; shut(): Promise<void>; open(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const target = Number(new URL(emulator.url).port);
  const door = createServer((socket) => {
    const inner = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  let port = 0;
  const open = async (): Promise<void> => {
    door.listen(port, "127.0.0.1");
    await once(door, "listening");
    const address = door.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  };
  await open();
  return {
    port,
    open,
    shut: async () => {
      door.close();
      for (const socket of sockets) socket.destroy();
      await once(door, "close");
    },
  };
}

/** Resolves when so many posts have been answered. */
function postCounter(posts: number): { count: () => void; all: Promise<void> } {
  let left = posts;
  let resolve = (): void => undefined;
  const all = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  return { all, count: () => void (--left === 0 && resolve()) };
}

describe("a server that is gone for ten seconds", { retry: 1 }, () => {
  it("costs running jobs nothing but time", { timeout: 60_000 }, async () => {
    const door = await openDoor();
    const url = `http://127.0.0.1:${door.port}`;
    const user = await emulator.createUser();
    emulator.model.add({ match: "outage", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 100, user: user.id });
    const { supabaseKey } = emulator;
    await using flowith = new Flowith({ edgeUrl: url, supabaseUrl: url, supabaseKey, token: user.token });
    const onPost = postCounter(2);
    const text = flowith.generate("outage", { onResponse: onPost.count });
    const image = flowith.generateImage("outage", { onResponse: onPost.count });
    await onPost.all;
    const startedAtMs = Date.now();
    await door.shut();
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await door.open();
    expect(await text).toMatchObject({ text: TEXT, reasoning: REASONING });
    expect((await image).image.url).toMatch(/\.png$/);
    expect(Date.now() - startedAtMs).toBeLessThan(25_000);
    await flowith[Symbol.asyncDispose]();
    await door.shut();
  });
});
