import * as fc from "fast-check";
import { type JobScript, jobScript } from "./job-script.ts";
import { type Weather, weather } from "./weather.ts";

/** What users do, time does and the weather does, one after another. Jobs and clients are meant modulo their number. */
export type Command =
  | {
      do: "start";
      client: number;
      script: number;
      asks: "chunks" | "output" | "both";
      isPaused: boolean;
      onSubmit: OnSubmit;
    }
  | { do: "pull" | "pause" | "resume" | "leave" | "cancel" | "output"; job: number }
  | { do: "abort"; job: number; reason: AbortReason }
  | { do: "close"; client: number }
  | { do: "wait"; ms: number }
  | { do: "weather"; client: number; weather: Weather };

export type OnSubmit = "none" | "quick" | "slow" | "throws";
export type AbortReason = "error" | "text" | "default";

export interface Plan {
  clients: number;
  scripts: readonly JobScript[];
  commands: readonly Command[];
  /** Into how many bytes at a time a stream is cut; 0 for whole events. */
  splitBytes: number;
  hasMiddleware: boolean;
  /** Of `Math.random`, for back-offs. */
  seed: number;
}

const job = fc.nat({ max: 7 });
const client = fc.nat({ max: 1 });

const start: fc.Arbitrary<Command> = fc.record({
  do: fc.constant("start" as const),
  client,
  script: fc.nat({ max: 3 }),
  asks: fc.constantFrom("chunks" as const, "output" as const, "both" as const),
  isPaused: fc.boolean(),
  onSubmit: fc.oneof(
    { weight: 8, arbitrary: fc.constant<OnSubmit>("none") },
    { weight: 1, arbitrary: fc.constantFrom<OnSubmit>("quick", "slow", "throws") },
  ),
});

const blow: fc.Arbitrary<Command> = fc.record({ do: fc.constant("weather" as const), client, weather });

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: start },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("pull" as const, "pull" as const, "pause" as const, "resume" as const, "output" as const),
      job,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("leave" as const, "cancel" as const), job }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("abort" as const),
      job,
      reason: fc.constantFrom<AbortReason>("error", "text", "default"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close" as const), client }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.oneof(fc.constantFrom(0, 1, 250, 1_000, 3_000), fc.integer({ min: 0, max: 12_000 })),
    }),
  },
  { weight: 7, arbitrary: blow },
);

export const plan: fc.Arbitrary<Plan> = fc.record({
  clients: fc.integer({ min: 1, max: 2 }),
  scripts: fc.array(jobScript, { minLength: 1, maxLength: 3 }),
  commands: fc
    .tuple(fc.array(blow, { maxLength: 3 }), start, fc.array(command, { maxLength: 40, size: "max" }))
    .map(([before, first, rest]): readonly Command[] => [...before, first, ...rest]),
  splitBytes: fc.constantFrom(0, 0, 1, 3, 17),
  hasMiddleware: fc.boolean(),
  seed: fc.integer(),
});
