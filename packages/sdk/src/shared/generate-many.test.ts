import { getEventListeners } from "node:events";
import type { GenerationOutput, ImageOutput, VideoOutput } from "@flowith-webapi/core";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith, type JobHandle, type JobStore } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { ManyInput, ManyResult } from "./many-types.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ replay: false });
});

afterAll(() => emulator.close());

async function newFlowith(): Promise<{ flowith: Flowith; userId: string }> {
  const { id, token } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return { flowith: new Flowith({ token, edgeUrl, supabaseUrl, supabaseKey }), userId: id };
}

describe("generateMany", () => {
  it("gives every result, and a failure does not end the rest", async () => {
    const { flowith, userId } = await newFlowith();
    emulator.model.add({ match: "number 3", fail: { reason: "content_policy" }, user: userId });
    const inputs = Array.from({ length: 8 }, (_, index) => `Say number ${index}`);
    const seen: ManyResult[] = [];
    const results: ManyResult[] = [];
    for await (const result of flowith.generateMany(inputs, { concurrency: 3, onResult: (one) => seen.push(one) })) {
      results.push(result);
    }
    expect(seen).toEqual(results);
    expect(results.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const result of results) {
      if (result.index === 3) expect(result).toMatchObject({ status: "rejected", error: { name: "JobFailedError" } });
      else
        expect(result).toMatchObject({
          status: "fulfilled",
          output: { text: expect.stringContaining(`${result.index}`) },
        });
    }
  });

  it("never has more under way than it may, and reads endless inputs only as there is room", async () => {
    const { flowith, userId } = await newFlowith();
    let taken = 0;
    function* endless(): Generator<string> {
      for (;;) yield `Say number ${taken++}`;
    }
    let left = 5;
    for await (const _ of flowith.generateMany(endless(), { concurrency: 2 })) {
      expect(taken).toBeLessThan(20);
      if (--left === 0) break;
    }
    const posts = emulator.journal.list({ user: userId, route: "POST /completion/async" });
    expect(posts.length).toBeLessThan(20);
  });

  it("ends with the caller's reason, and posts nothing more", async () => {
    const { flowith, userId } = await newFlowith();
    const controller = new AbortController();
    const reason = new Error("enough");
    const read = async (): Promise<void> => {
      const inputs = Array.from({ length: 20 }, (_, index) => `Say number ${index}`);
      for await (const _ of flowith.generateMany(inputs, { concurrency: 1, signal: controller.signal }))
        controller.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    expect(emulator.journal.list({ user: userId, route: "POST /completion/async" }).length).toBeLessThan(5);
  });

  it("ends when its client is closed, and starts nothing more", async () => {
    const { flowith, userId } = await newFlowith();
    const read = async (): Promise<void> => {
      for await (const _ of flowith.generateMany(["Say 1", "Say 2"], { perMinute: 1 })) flowith.close();
    };
    await expect(read()).rejects.toMatchObject({ name: "AbortError", message: "The client was closed." });
    expect(emulator.journal.list({ user: userId, route: "POST /completion/async" })).toHaveLength(1);
    for await (const result of flowith.generateMany(["Say 3"])) expect(result.status).toBe("fulfilled");
  });

  it("ends one by its own signal, and leaves no listener on any", async () => {
    const { flowith } = await newFlowith();
    const controller = new AbortController();
    const own = AbortSignal.abort(new Error("not this one"));
    const outliving = new AbortController();
    const inputs = [
      { prompt: "Say number 0", signal: own },
      { prompt: "Say number 1", signal: outliving.signal },
    ];
    const states: string[] = [];
    for await (const result of flowith.generateMany(inputs, { signal: controller.signal }))
      states.push(`${result.index} ${result.status === "rejected" ? String(result.error) : result.status}`);
    expect(states.sort()).toEqual(["0 Error: not this one", "1 fulfilled"]);
    for (const signal of [controller.signal, own, outliving.signal])
      expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("refuses options that it does not know, and one prompt in place of many, before anything is posted", async () => {
    const { flowith, userId } = await newFlowith();
    const misspelt: object = { concurency: 1 };
    await expect(flowith.generateMany(["x"], misspelt).next()).rejects.toThrow(/no option "concurency".*concurrency/);
    await expect(flowith.generateMany("Name a city.").next()).rejects.toThrow(/inputs must be a list/);
    const nothing: unknown = null;
    await expect(flowith.generateMany(nothing as string[]).next()).rejects.toMatchObject({ code: "invalid_argument" });
    await expect(flowith.generateMany(["x"], nothing as object).next()).rejects.toThrow(
      /options: Expected Object, not null/,
    );
    expect(emulator.journal.list({ user: userId })).toEqual([]);
  });

  it("starts nothing more once the account has no credits", async () => {
    const { flowith, userId } = await newFlowith();
    emulator.faults.arm({ type: "status", status: 402, route: "POST /completion/async", user: userId, count: 0 });
    const results: ManyResult<string>[] = [];
    for await (const result of flowith.generateMany(["Say 0", "Say 1", "Say 2"], { concurrency: 1 }))
      results.push(result);
    const lack = { name: "InsufficientCreditsError" };
    expect(results).toMatchObject([
      { status: "rejected", error: lack },
      { status: "skipped", reason: lack },
      { status: "skipped", reason: lack },
    ]);
    expect(emulator.journal.list({ user: userId, route: "POST /completion/async" })).toHaveLength(1);
  });

  it("takes an input that is none for a failure of its own", async () => {
    const { flowith } = await newFlowith();
    const inputs: unknown[] = [null, { prompt: "" }, "Say number 1"];
    const states: string[] = [];
    for await (const { index, status } of flowith.generateMany(inputs as string[])) states.push(`${index} ${status}`);
    expect(states.sort()).toEqual(["0 rejected", "1 rejected", "2 fulfilled"]);
  });

  it("refuses wrong numbers, and passes on what the inputs throw", async () => {
    const { flowith } = await newFlowith();
    await expect(flowith.generateMany(["x"], { concurrency: 0 }).next()).rejects.toThrow(/concurrency/);
    const broken = new Error("no more");
    const failing: Iterable<string> = {
      [Symbol.iterator]: () => {
        throw broken;
      },
    };
    await expect(flowith.generateMany(failing).next()).rejects.toBe(broken);
  });

  it("waits no minute for a start that will not be, nor for what an earlier run has started", async () => {
    const { flowith, userId } = await newFlowith();
    emulator.model.add({ match: "bad", fail: { reason: "content_policy" }, user: userId });
    const states: string[] = [];
    // The second would start in a minute.
    for await (const { status } of flowith.generateMany(["bad", "Say 1"], { perMinute: 1, maxFailuresInARow: 1 }))
      states.push(status);
    expect(states).toEqual(["rejected", "skipped"]);
    const handles = new Map<string, JobHandle>();
    const resumeFrom: JobStore = {
      put: async (handle) => void handles.set(handle.userNodeId, handle),
      delete: async (id) => void handles.delete(id),
      list: async () => [...handles.values()],
    };
    const inputs = ["a", "b", "c"].map((id) => ({ id, prompt: `Say ${id}` }));
    const ends = async (perMinute: number): Promise<boolean[]> => {
      const resumed: boolean[] = [];
      for await (const result of flowith.generateMany(inputs, { resumeFrom, perMinute }))
        if (result.status === "fulfilled") resumed.push(result.resumed);
      return resumed;
    };
    expect(await ends(9)).toEqual([false, false, false]);
    expect(await ends(1)).toEqual([true, true, true]);
  });

  it("refuses a signal that is none as the verb does, and goes on", async () => {
    const { flowith } = await newFlowith();
    const wrong: object = { prompt: "Say 0", signal: 5 };
    const states: string[] = [];
    for await (const result of flowith.generateMany([wrong as { prompt: string }, "Say 1"]))
      states.push(result.status === "rejected" ? String(result.error) : result.status);
    expect(states.sort()).toEqual([expect.stringMatching(/option "signal": Expected an AbortSignal/), "fulfilled"]);
  });

  it("reads an input apart from fields of one's own, and sends nothing", async () => {
    const { flowith, userId } = await newFlowith();
    expect(flowith.checkInput({ id: "a", kind: "image", prompt: "A boat", imageSize: "1k", scene: 3 })).toEqual({
      id: "a",
      kind: "image",
      prompt: "A boat",
      options: { imageSize: "1k" },
    });
    expect(flowith.checkInput({ prompt: "Say 1", direct: true }).options).toEqual({ direct: true });
    const wrong: [unknown, RegExp][] = [
      [7, /an input is a prompt/],
      [{ prompt: " " }, /prompt/],
      [{ prompt: "Say 1", modle: "x" }, /Did you mean model/],
      [{ kind: "video", prompt: "Waves", durationSeconds: "long" }, /durationSeconds/],
    ];
    for (const [input, message] of wrong) expect(() => flowith.checkInput(input)).toThrow(message);
    expect(emulator.journal.list({ user: userId })).toEqual([]);
  });

  it("types the results by their inputs", () => {
    type Outputs<Input extends ManyInput> = Extract<ManyResult<Input>, { status: "fulfilled" }>;
    expectTypeOf<Outputs<string>["output"]>().toEqualTypeOf<GenerationOutput>();
    type Picture = { kind: "image"; prompt: string; city: string };
    expectTypeOf<Outputs<Picture>["output"]>().toEqualTypeOf<ImageOutput>();
    expectTypeOf<ManyResult<Picture>["input"]["city"]>().toEqualTypeOf<string>();
    expectTypeOf<Extract<Outputs<ManyInput>, { kind: "video" }>["output"]>().toEqualTypeOf<VideoOutput>();
    const flowith = new Flowith();
    const pictures = flowith.generateMany([{ kind: "image", prompt: "A boat", city: "Ulm" }], {
      onResult: ({ input }) => expectTypeOf(input.city).toEqualTypeOf<string>(),
    });
    expectTypeOf(pictures).toExtend<AsyncGenerator<{ index: number; input: { city: string } }>>();
    // @ts-expect-error: an option of the wrong type
    void flowith.generateMany([{ prompt: "A boat", model: 5 }]);
  });
});
