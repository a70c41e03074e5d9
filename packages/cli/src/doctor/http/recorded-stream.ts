/** Where a recorded stream has no more: it was watched no longer, and may have stayed open. */
export class EndOfRecording extends Error {
  override name = "EndOfRecording";

  constructor() {
    super("The recording ends here.");
  }
}

const MARK = "recorded-at-ms=";

/** A comment of the stream in front of an event, which says when it came. */
export function recordedTime(atMs: number): string {
  return `: ${MARK}${atMs}\n`;
}

/** @returns undefined for any other comment */
export function readRecordedTime(comment: string): number | undefined {
  const text = comment.trim();
  const atMs = text.startsWith(MARK) ? Number(text.slice(MARK.length)) : Number.NaN;
  return Number.isFinite(atMs) ? atMs : undefined;
}
