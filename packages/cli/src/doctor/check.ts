import type { Verdict } from "./finding.ts";
import type { Asker } from "./http/asker.ts";

/** One fact of the wire, and how it is tried. */
export interface Check {
  /** Such as `edge.models`; the group's id stands in front. */
  id: string;
  /** The section of the wire document that says it. */
  wire: string;
  title: string;
  /** Checks that must hold, or this one cannot be tried. */
  needs?: readonly string[] | undefined;
  /** Checks that have to be over and must not differ. */
  after?: readonly string[] | undefined;
  /** Checks that have to be over, whatever they found. */
  follows?: readonly string[] | undefined;
  /** @throws CannotTell, NoAnswer, the signal's reason */
  run(asker: Asker, signal: AbortSignal): Promise<Verdict>;
}

/** Checks of one subject, which run one after the other; groups run beside each other. */
export interface CheckGroup {
  title: string;
  checks: readonly Check[];
}

/** What several checks of a group share, such as one connection that is watched: made when it is first asked for. */
export function once<Value>(
  make: (asker: Asker, signal: AbortSignal) => Promise<Value>,
): (asker: Asker, signal: AbortSignal) => Promise<Value> {
  let made: Promise<Value> | undefined;
  return (asker, signal) => {
    made ??= make(asker, signal);
    return made;
  };
}
