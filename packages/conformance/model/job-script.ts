import * as fc from "fast-check";

/** How a job ends at the service. */
export type JobEnding =
  /** `complete` with the whole text, which may be another one than was streamed. */
  | { kind: "complete"; final: string | undefined }
  /** A word of success without any text. */
  | { kind: "bare" }
  | { kind: "failed"; by: "event" | "row" | "both"; form: "status" | "error" | "value" };

/** What the service does with one job. */
export interface JobScript {
  /** As they are streamed, tags and all. */
  pieces: readonly string[];
  firstMs: number;
  paceMs: number;
  ending: JobEnding;
  /** `complete.reasoning`. */
  reasoning: string;
  /** Whether the row ever tells the end, how late, and whether `data` is a JSON string. */
  row: { isSettled: boolean; lateMs: number; isString: boolean };
  isWrapped: boolean;
  idField: "nodeId" | "node_id";
}

/** The text as the service has it in the end. An empty `result` says no more than that there is none here. */
export function finalText({ pieces, ending }: JobScript): string {
  return (ending.kind === "complete" ? ending.final : undefined) || pieces.join("");
}

// What parsers and splitters trip over: tags in halves, halves of surrogate pairs, line ends that are none in SSE.
const awkward = [
  ...["<think>", "</think>", "<THINK>", "</Think>", "<thi", "nk>", "</", "think>", "<"],
  ...["\u2028", "\u0085", "\u000b", "\r\n", "\n\n", " ", "é", "漢字", "😀", "\ud83d", "\ude00", "İ", "\u0000"],
  ...["data: {}", "[DONE]", ": comment", ""],
];

const piece: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 4 }),
  fc.array(fc.constantFrom(...awkward), { maxLength: 4 }).map((parts) => parts.join("")),
);

const ending: fc.Arbitrary<JobEnding> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<JobEnding>({ kind: "complete", final: undefined }) },
  {
    weight: 2,
    arbitrary: fc.array(piece).map((parts): JobEnding => ({ kind: "complete", final: parts.join("") || undefined })),
  },
  { weight: 1, arbitrary: fc.constant<JobEnding>({ kind: "bare" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("failed" as const),
      by: fc.constantFrom("event" as const, "row" as const, "both" as const),
      form: fc.constantFrom("status" as const, "error" as const, "value" as const),
    }),
  },
);

export const jobScript: fc.Arbitrary<JobScript> = fc.record({
  pieces: fc.array(piece, { maxLength: 8 }),
  firstMs: fc.integer({ min: 0, max: 3_000 }),
  paceMs: fc.integer({ min: 0, max: 1_500 }),
  ending,
  reasoning: fc.constantFrom("", "a summary"),
  row: fc.record({
    isSettled: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    lateMs: fc.constantFrom(0, 100, 4_000),
    isString: fc.boolean(),
  }),
  isWrapped: fc.boolean(),
  idField: fc.constantFrom("nodeId" as const, "node_id" as const),
});
