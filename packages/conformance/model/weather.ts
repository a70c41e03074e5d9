import * as fc from "fast-check";

/** What befalls the next event of a client's stream. */
export type EventWeather =
  | { kind: "lose" | "duplicate" | "overtaken" }
  | { kind: "late"; ms: number }
  /** The service skips numbers, or the network some events: from inside, one looks like the other. */
  | { kind: "gap"; by: number }
  /** The connection ends in the middle of the event. */
  | { kind: "torn"; atByte: number; isClean: boolean };

/** What befalls an open stream at once. */
export type StreamWeather = { kind: "cut" | "end" | "heartbeat" } | { kind: "noise"; line: string };

export type Route = "conversation" | "insert" | "rows" | "post" | "stream" | "refresh";

/** What befalls the next request to a route. */
export type RequestWeather =
  | { kind: "status"; status: number; retryAfterSeconds: number | undefined; effectAfterMs: EffectAfterMs }
  | { kind: "html" }
  | { kind: "cut"; effectAfterMs: EffectAfterMs }
  /** No answer, ever. */
  | { kind: "silence"; effectAfterMs: EffectAfterMs }
  | { kind: "slow"; ms: number };

/** When the request is obeyed all the same, though its answer is lost; undefined for never. */
export type EffectAfterMs = number | undefined;

export type Weather =
  | { on: "event"; weather: EventWeather }
  | { on: "stream"; weather: StreamWeather }
  | { on: "request"; route: Route; weather: RequestWeather; times: number };

const eventWeather: fc.Arbitrary<EventWeather> = fc.oneof(
  fc.constantFrom<EventWeather>({ kind: "lose" }, { kind: "duplicate" }, { kind: "overtaken" }),
  fc.record({ kind: fc.constant("late" as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ kind: fc.constant("gap" as const), by: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("torn" as const), atByte: fc.nat({ max: 300 }), isClean: fc.boolean() }),
);

const noise = ["data: [DONE]", ": comment", "data: {broken", "event: x", "id: 7", "retry: 1", "data: null", "data: 5"];

const streamWeather: fc.Arbitrary<StreamWeather> = fc.oneof(
  fc.constantFrom<StreamWeather>({ kind: "cut" }, { kind: "end" }, { kind: "heartbeat" }),
  fc.record({ kind: fc.constant("noise" as const), line: fc.constantFrom(...noise) }),
);

const effectAfterMs: fc.Arbitrary<EffectAfterMs> = fc.constantFrom(undefined, 0, 5_000);

const requestWeather: fc.Arbitrary<RequestWeather> = fc.oneof(
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(401, 403, 404, 429, 429, 500, 503),
    retryAfterSeconds: fc.constantFrom(undefined, 0, 1, 5),
    effectAfterMs,
  }),
  fc.constant<RequestWeather>({ kind: "html" }),
  fc.record({ kind: fc.constant("cut" as const), effectAfterMs }),
  fc.record({ kind: fc.constant("silence" as const), effectAfterMs }),
  fc.record({ kind: fc.constant("slow" as const), ms: fc.integer({ min: 1, max: 6_000 }) }),
);

// Streams and rows most of all: what befalls the other requests ends a job early.
const route: fc.Arbitrary<Route> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Route>("stream") },
  { weight: 3, arbitrary: fc.constant<Route>("rows") },
  { weight: 2, arbitrary: fc.constant<Route>("post") },
  { weight: 1, arbitrary: fc.constantFrom<Route>("conversation", "insert", "refresh") },
);

export const weather: fc.Arbitrary<Weather> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ on: fc.constant("event" as const), weather: eventWeather }) },
  { weight: 3, arbitrary: fc.record({ on: fc.constant("stream" as const), weather: streamWeather }) },
  {
    weight: 2,
    arbitrary: fc.record({
      on: fc.constant("request" as const),
      route,
      weather: requestWeather,
      times: fc.constantFrom(1, 1, 2, 4),
    }),
  },
);
