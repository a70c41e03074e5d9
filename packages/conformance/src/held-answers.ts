import type { FetchLike } from "flowith-webapi";

/** A `fetch` that keeps the answers to posts of texts back, so that their jobs are done before. */
export interface HeldAnswers {
  fetch: FetchLike;
  /** Of each post, in the order in which they were sent. */
  signals: AbortSignal[];
  /** Gives out what is kept and what comes, or these in its place. */
  letGo(inPlace?: () => Response): void;
}

export function heldAnswers(): HeldAnswers {
  const signals: AbortSignal[] = [];
  let letGo: HeldAnswers["letGo"] = () => undefined;
  const given = new Promise<(() => Response) | undefined>((resolve) => {
    letGo = resolve;
  });
  return {
    signals,
    letGo: (inPlace) => letGo(inPlace),
    async fetch(input, init) {
      const response = await fetch(input, init);
      const { signal } = init ?? {};
      if (!new URL(String(input)).pathname.endsWith("/completion/async") || !signal) return response;
      signals.push(signal);
      const inPlace = await Promise.race([given, aborted(signal)]);
      if (inPlace === undefined) return response;
      await response.body?.cancel();
      return inPlace();
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
