import { createServer, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { StartPlan } from "./jobs.ts";
import { json, type ServiceParts } from "./service.ts";

/** The bench's own port beside the service's, so that its requests are not counted as the client's. */
export function createControl({ pace, hub, jobs, counters }: ServiceParts): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://control");
    const plan: StartPlan = {
      eventsPerJob: Number(url.searchParams.get("events")),
      eventBytes: Number(url.searchParams.get("bytes")),
      isAllText: url.searchParams.has("allText"),
      hasResult: !url.searchParams.has("noResult"),
    };
    const ready = async (): Promise<void> => {
      const wanted = { jobs: Number(url.searchParams.get("jobs")), streams: Number(url.searchParams.get("streams")) };
      const endsAtMs = performance.now() + Number(url.searchParams.get("patienceMs") ?? 60_000);
      const isReady = (): boolean => jobs.heldCount >= wanted.jobs && hub.size >= wanted.streams;
      while (!isReady() && performance.now() < endsAtMs) await sleep(2);
      json(response, 200, { isReady: isReady(), jobs: jobs.heldCount, totalBytes: jobs.prepare(plan) });
    };
    switch (url.pathname) {
      case "/ready":
        void ready();
        return;
      case "/start":
        json(response, 200, {});
        jobs.start(url.searchParams.has("late") ? plan : undefined);
        return;
      case "/reset":
        jobs.reset();
        pace.delayMs = Number(url.searchParams.get("delayMs"));
        counters.reset();
        json(response, 200, {});
        return;
      default:
        json(response, 200, counters);
    }
  });
}
