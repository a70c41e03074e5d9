import { Flowith } from "flowith-webapi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { advance, settle, useFakeTime } from "./fake-time.ts";
import type { JobEnding, JobScript } from "./job-script.ts";
import { accessToken } from "./service/access-token.ts";
import { Link } from "./service/link.ts";
import { ScriptedService } from "./service/scripted-service.ts";

beforeEach(() => useFakeTime());
afterEach(() => vi.useRealTimers());

function scriptOf(ending: JobEnding, paceMs: number): JobScript {
  return {
    pieces: ["One ", "two."],
    firstMs: 0,
    paceMs,
    ending,
    reasoning: "",
    row: { isSettled: true, lateMs: 0, isString: false },
    isWrapped: true,
    idField: "nodeId",
  };
}

function newClient(lingerMs: number | undefined): { flowith: Flowith; link: Link; service: ScriptedService } {
  const service = new ScriptedService();
  service.scripts.set("ok", scriptOf({ kind: "complete", final: undefined }, 0));
  service.scripts.set("two seconds", scriptOf({ kind: "complete", final: undefined }, 1_000));
  service.scripts.set("slow", scriptOf({ kind: "complete", final: undefined }, 60_000));
  service.scripts.set("fails", scriptOf({ kind: "failed", by: "event", form: "status" }, 0));
  const link = new Link(service, 0);
  const flowith = new Flowith({
    token: accessToken(),
    edgeUrl: "https://edge.example",
    fetch: link.fetch,
    events: { lingerMs },
  });
  return { flowith, link, service };
}

const endings: Record<string, (flowith: Flowith) => Promise<unknown>> = {
  "a result": (flowith) => flowith.generate("ok"),
  "a failure": (flowith) => flowith.generate("fails").catch(() => undefined),
  async break(flowith) {
    for await (const _ of flowith.generateStream("slow")) break;
  },
  async "an abort"(flowith) {
    const controller = new AbortController();
    const reading = async (): Promise<void> => {
      for await (const _ of flowith.generateStream("slow", { signal: controller.signal })) controller.abort();
    };
    await reading().catch(() => undefined);
  },
};

/** Ends a job, in time that passes by itself. */
async function end(flowith: Flowith, ending: (flowith: Flowith) => Promise<unknown>): Promise<void> {
  let isOver = false;
  const work = ending(flowith).finally(() => {
    isOver = true;
  });
  while (!isOver) await advance(1);
  await work;
}

describe.each(Object.entries(endings))("after %s, the event connection", (_name, ending) => {
  it("stays for the next job, and goes after lingerMs with all its timers", async () => {
    const { flowith, link, service } = newClient(undefined);
    await end(flowith, ending);
    service.stop();
    await advance(990);
    expect(link.streams.size).toBe(1);
    await advance(10);
    expect(link.streams.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("serves the next job, which puts its end off", async () => {
    const { flowith, link } = newClient(undefined);
    await end(flowith, ending);
    await advance(900);
    await end(flowith, (client) => client.generate("two seconds"));
    await advance(900);
    expect(link.streams.size).toBe(1);
    expect(link.requests.filter(({ route }) => route === "stream")).toHaveLength(1);
    await advance(100);
    expect(link.streams.size).toBe(0);
  });

  it("goes at once where lingerMs is 0, and at close()", async () => {
    const hasty = newClient(0);
    await end(hasty.flowith, ending);
    expect(hasty.link.streams.size).toBe(0);
    const patient = newClient(600_000);
    await end(patient.flowith, ending);
    expect(patient.link.streams.size).toBe(1);
    patient.flowith.close();
    hasty.service.stop();
    patient.service.stop();
    await settle();
    expect(patient.link.streams.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
