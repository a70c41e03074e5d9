import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith, type FlowithClientOptions } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Characters of one to four bytes, and a tag. */
const FRAGMENTS = ["<think>ab</th", "ink>\nZażółć ", "日本 😀\u2028", "end."];
const TEXT = "Zażółć 日本 😀\u2028end.";
const REASONING = "ab";
const EVENTS = FRAGMENTS.length + 1;
const USERS = 12;

type Cut = { afterBytes: number } | { afterEvents: number };

/** The cuts of one job, each of which strikes the stream that the one before has made necessary. */
interface Trial {
  prompt: "burst" | "paced";
  cuts: Cut[];
}

let emulator: Emulator;

beforeAll(async () => {
  // No heartbeats: an event is to begin at the byte where it is expected.
  emulator = await startEmulator({ replay: false, seed: false, heartbeatMs: 600_000 });
  emulator.model.add({ match: "burst", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 0 });
  emulator.model.add({ match: "paced", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 3 });
});

afterAll(() => emulator.close());

function addresses(): FlowithClientOptions {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return { edgeUrl, supabaseUrl, supabaseKey };
}

/** Runs all trials, one after another for each of some users at once. @returns those that went wrong */
async function sweep(trials: Trial[]): Promise<unknown[]> {
  const wrong: unknown[] = [];
  const queue = [...trials];
  let streams = 0;
  const work = async (): Promise<void> => {
    const user = await emulator.createUser({ credits: 1_000_000 });
    let onReopen = (): unknown => undefined;
    await using flowith = new Flowith({
      ...addresses(),
      token: user.token,
      lingerMs: 60_000,
      reconnect: { minDelayMs: 0, maxDelayMs: 0 },
      fetch: (input, init) => {
        if (String(input).includes("/user_stream/")) {
          streams++;
          onReopen();
          onReopen = () => undefined;
        }
        return fetch(input, init);
      },
    });
    const { convId } = await flowith.generate("Hello");
    for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
      const { cuts, prompt } = trial;
      // Armed when the stream is open and the job is not posted yet. The second strikes this stream as well, unless it is
      // armed when the first has broken it.
      const onSubmit = (): void => {
        const [first, second] = cuts;
        emulator.faults.arm({ type: "cut", user: user.id, ...first });
        onReopen = () => second && emulator.faults.arm({ type: "cut", user: user.id, ...second });
      };
      const seen = await read(flowith, prompt, convId, onSubmit);
      if (
        JSON.stringify(seen) !== JSON.stringify({ joined: TEXT, text: TEXT, reasoning: REASONING, isRevised: false })
      ) {
        wrong.push({ trial, seen });
      }
    }
  };
  await Promise.all(Array.from({ length: USERS }, work));
  if (trials.every(({ cuts }) => cuts.length === 1)) expect(streams).toBe(USERS + trials.length);
  return wrong;
}

async function read(flowith: Flowith, prompt: string, convId: string, onSubmit: () => void): Promise<unknown> {
  try {
    const stream = flowith.generateStream(prompt, { convId, onSubmit });
    let joined = "";
    let isRevised = false;
    for await (const chunk of stream) {
      joined += chunk.textDelta;
      isRevised ||= chunk.isRevised;
    }
    const { text, reasoning } = await stream.output;
    return { joined, text, reasoning, isRevised };
  } catch (error) {
    return String(error);
  }
}

/** How long one job is on the wire. */
async function measure(): Promise<number> {
  const user = await emulator.createUser();
  let bytes = 0;
  await using flowith = new Flowith({
    ...addresses(),
    token: user.token,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (response.body === null || !String(input).includes("/user_stream/")) return response;
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength;
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(count), response);
    },
  });
  await flowith.generate("burst");
  return bytes;
}

/** How much holds this process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
}

describe("a job whose stream is cut", { retry: 1 }, () => {
  it("at every byte of its events keeps every character", { timeout: 120_000 }, async () => {
    const before = timers();
    const length = await measure();
    expect(length).toBeGreaterThan(EVENTS * 200);
    const trials = Array.from({ length }, (_, afterBytes): Trial => ({ prompt: "burst", cuts: [{ afterBytes }] }));
    expect(await sweep(trials)).toEqual([]);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("after every event, and after every pair of events, keeps every character", { timeout: 60_000 }, async () => {
    const single = Array.from(
      { length: EVENTS },
      (_, afterEvents): Trial => ({ prompt: "paced", cuts: [{ afterEvents }] }),
    );
    expect(await sweep(single)).toEqual([]);
    const pairs = single.flatMap(({ cuts }) =>
      single.map((second): Trial => ({ prompt: "paced", cuts: [...cuts, ...second.cuts] })),
    );
    expect(await sweep(pairs)).toEqual([]);
  });
});

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
    await using flowith = new Flowith({ ...addresses(), edgeUrl: url, supabaseUrl: url, token: user.token });
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
