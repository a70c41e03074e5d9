/** Why a model ended before it was done: it may have no more tokens, or a filter took the rest. */
export type CutCause = "length" | "filter";

/** What an early end is told by; undefined where a reason tells none, or there is none. */
export function cutCause(finishReason: string | undefined): CutCause | undefined {
  if (/content_?filter/i.test(finishReason ?? "")) return "filter";
  return /length|max_?tokens/i.test(finishReason ?? "") ? "length" : undefined;
}
