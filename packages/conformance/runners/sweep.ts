import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith, type FlowithClientOptions } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Characters of one to four bytes, and a tag. */
export const FRAGMENTS = ["<think>ab</th", "ink>\nZażółć ", "日本 😀\u2028", "end."];
export const TEXT = "Zażółć 日本 😀\u2028end.";
export const REASONING = "ab";
const EVENTS = FRAGMENTS.length + 1;
const USERS = 12;

type Cut = { afterBytes: number } | { afterEvents: number };

/** The cuts of one job, each of which strikes the stream that the one before has made necessary. */
interface Trial {
  prompt: "burst" | "paced";
  cuts: Cut[];
}

let emulator: Emulator;

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
      events: { lingerMs: 60_000, minDelayMs: 0, maxDelayMs: 0 },
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

/**
 * States that no cut loses a character.
 * @param isTried which of all cuts are tried, by their number: the first tier has every tenth, the deep one the rest
 */
export function describeSweep(isTried: (number: number) => boolean): void {
  beforeAll(async () => {
    // No heartbeats: an event is to begin at the byte where it is expected.
    emulator = await startEmulator({ replay: false, seed: false, heartbeatMs: 600_000 });
    emulator.model.add({ match: "burst", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 0 });
    emulator.model.add({ match: "paced", fragments: FRAGMENTS, firstEventMs: 0, delayMs: 3 });
  });

  afterAll(() => emulator.close());

  describe("a job whose stream is cut", { retry: 1, timeout: 600_000 }, () => {
    it("at any byte of its events keeps every character", async () => {
      const before = timers();
      const length = await measure();
      expect(length).toBeGreaterThan(EVENTS * 200);
      const all = Array.from({ length }, (_, afterBytes): Trial => ({ prompt: "burst", cuts: [{ afterBytes }] }));
      expect(await sweep(all.filter((_, number) => isTried(number)))).toEqual([]);
      expect(timers()).toBeLessThanOrEqual(before);
    });

    it("after any event, and after any pair of events, keeps every character", async () => {
      const single = Array.from(
        { length: EVENTS },
        (_, afterEvents): Trial => ({ prompt: "paced", cuts: [{ afterEvents }] }),
      );
      const pairs = single.flatMap(({ cuts }) =>
        single.map((second): Trial => ({ prompt: "paced", cuts: [...cuts, ...second.cuts] })),
      );
      for (const all of [single, pairs]) expect(await sweep(all.filter((_, number) => isTried(number)))).toEqual([]);
    });
  });
}
