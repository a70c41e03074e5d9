import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AuthorizedClient } from "../http/authorized-client.ts";
import { EdgeClient } from "../http/edge-client.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { Transport } from "../http/transport.ts";
import { leveledLogger } from "../options/logger.ts";
import { ModelCatalogue } from "./model-catalogue.ts";

const HOUR_MS = 3_600_000;
const logger = leveledLogger(undefined, undefined);

interface Service {
  requests: number;
  /** Undefined: it never answers. */
  status: number | undefined;
}

function catalogueOf(service: Service, sharesWork = true): ModelCatalogue {
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: (_, init) => {
      service.requests++;
      if (service.status !== undefined)
        return Promise.resolve(new Response('{"gpt":{"title":"GPT"}}', { status: service.status }));
      return new Promise((_, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason), { once: true });
      });
    },
    middleware: [],
    headers: {},
    maxRetries: 2,
    logger,
  });
  const client = new AuthorizedClient(
    transport,
    { accessToken: async () => "token", renew: async () => undefined },
    "bare",
  );
  return new ModelCatalogue(new EdgeClient(client, "https://edge.example"), logger, sharesWork);
}

describe("the catalogue for checks before a job", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is asked for once by jobs that begin together, and again after an hour", async () => {
    const service: Service = { requests: 0, status: 200 };
    const catalogue = catalogueOf(service);
    const found = await Promise.all([catalogue.find("gpt", undefined), catalogue.find("other", undefined)]);
    expect(found.map((model) => model?.title)).toEqual(["GPT", undefined]);
    vi.advanceTimersByTime(HOUR_MS - 1);
    await catalogue.find("gpt", undefined);
    expect(service.requests).toBe(1);
    vi.advanceTimersByTime(2);
    await catalogue.find("gpt", undefined);
    expect(service.requests).toBe(2);
  });

  it("shares its value but no work in a Worker", async () => {
    const service: Service = { requests: 0, status: 200 };
    const catalogue = catalogueOf(service, false);
    await Promise.all([catalogue.find("gpt", undefined), catalogue.find("gpt", undefined)]);
    expect(service.requests).toBe(2);
    await catalogue.find("gpt", undefined);
    expect(service.requests).toBe(2);
  });

  it("that cannot be had stops no job, and is not asked for again for a minute", async () => {
    const service: Service = { requests: 0, status: 500 };
    const catalogue = catalogueOf(service);
    expect(await catalogue.find("gpt", undefined)).toBeUndefined();
    service.status = 200;
    expect(await catalogue.find("gpt", undefined)).toBeUndefined();
    expect(service.requests).toBe(1);
    vi.advanceTimersByTime(60_001);
    expect(await catalogue.find("gpt", undefined)).toMatchObject({ modelId: "gpt" });
  });

  it("that is stale serves on where no newer one can be had", async () => {
    const service: Service = { requests: 0, status: 200 };
    const catalogue = catalogueOf(service);
    await catalogue.find("gpt", undefined);
    vi.advanceTimersByTime(HOUR_MS + 1);
    service.status = 500;
    expect(await catalogue.find("gpt", undefined)).toMatchObject({ modelId: "gpt" });
  });

  it("keeps a job waiting for 5 s at most, and for no longer than its signal", async () => {
    const service: Service = { requests: 0, status: undefined };
    const catalogue = catalogueOf(service);
    const controller = new AbortController();
    const reason = new Error("enough");
    const aborted = expect(catalogue.find("gpt", controller.signal)).rejects.toBe(reason);
    const waiting = catalogue.find("gpt", undefined);
    controller.abort(reason);
    await aborted;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await waiting).toBeUndefined();
    expect(service.requests).toBe(1);
  });
});
