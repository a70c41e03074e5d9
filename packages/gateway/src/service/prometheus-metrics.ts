import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { GatewayMetrics } from "./metrics.ts";

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/**
 * Requests by method, route and status, how long they took to the end of their answers, how many are under way, and what
 * Node tells of itself; in Prometheus' text format, by `prom-client`. No label is of a caller's making.
 * @example
 * const gateway = createGateway({ metrics: prometheusMetrics() });
 */
export function prometheusMetrics(): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "flowith_gateway_requests_total",
    help: "Requests whose answer has ended.",
    labelNames: ["method", "route", "status", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "flowith_gateway_request_duration_seconds",
    help: "From the head of a request to the end of its answer.",
    labelNames: ["method", "route"],
    buckets: SECONDS,
    registers,
  });
  const underWayNow = new Gauge({
    name: "flowith_gateway_requests_under_way",
    help: "Requests whose answer has not ended yet.",
    registers,
  });
  return {
    contentType: registry.contentType,
    ended({ method, route, status, outcome, durationMs }) {
      // Of what has no route the method is the caller's, and could be anything.
      const of = { method: route === "unknown" ? "other" : method, route };
      requests.inc({ ...of, status, outcome });
      durations.observe(of, durationMs / 1000);
    },
    text(underWay) {
      underWayNow.set(underWay);
      return registry.metrics();
    },
  };
}
