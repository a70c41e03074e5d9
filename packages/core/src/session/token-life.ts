import { now } from "../timing/now.ts";
import type { Session } from "./session-store.ts";

/** Under this much of life left, a token is renewed before it is used. */
const BLOCKING_MS = 60_000;
/** Under this much, it is renewed beside its use. */
const BACKGROUND_MS = 10 * 60_000;

/** `due`: to be renewed beside its use. `urgent`: before it. `over`: it seems to have expired. */
export type LifeStage = "fresh" | "due" | "urgent" | "over";

/** When a token came, by both clocks, and how long it was to live. */
interface Receipt {
  accessToken: string;
  lifeMs: number;
  atMs: number;
  dateMs: number;
}

/**
 * How much of a token's life is left. Of one that came to this client it is counted from then on, so that a date that is
 * wrong, or is set right, makes no good token look old. Of another one only its expiry is known, and this machine's date.
 */
export class TokenLife {
  #receipt: Receipt | undefined;

  /** To be called in the moment in which the server has issued it. */
  received(session: Session): void {
    const { accessToken } = session;
    this.#receipt = { accessToken, lifeMs: leftByDate(session), atMs: now(), dateMs: Date.now() };
  }

  /** Whether its age is known for sure. */
  isKnown({ accessToken }: Session): boolean {
    return this.#receipt?.accessToken === accessToken;
  }

  stage(session: Session): LifeStage {
    const receipt = this.#receiptOf(session);
    const leftMs = receipt === undefined ? leftByDate(session) : receipt.lifeMs - ageMs(receipt);
    if (leftMs <= 0) return "over";
    // One that lives for minutes only is not renewed all the time.
    const lifeMs = receipt?.lifeMs ?? Number.POSITIVE_INFINITY;
    if (leftMs > Math.min(BACKGROUND_MS, lifeMs / 2)) return "fresh";
    return leftMs > Math.min(BLOCKING_MS, lifeMs / 4) ? "due" : "urgent";
  }

  /** Whether it can be used as it is, without a renewal before. */
  isFresh(session: Session): boolean {
    const stage = this.stage(session);
    return stage === "fresh" || stage === "due";
  }

  /** Whether it has an access token that has not expired, or can get another one. */
  isUsable(session: Session): boolean {
    return session.accessToken !== "" && (session.refreshToken !== undefined || this.stage(session) !== "over");
  }

  #receiptOf(session: Session): Receipt | undefined {
    return this.isKnown(session) ? this.#receipt : undefined;
  }
}

/** A process's own clock may stand still while the machine sleeps, and the date be set back: the later of both counts. */
function ageMs({ atMs, dateMs }: Receipt): number {
  return Math.max(now() - atMs, Date.now() - dateMs);
}

function leftByDate({ expiresAtMs, clockSkewMs = 0 }: Session): number {
  return expiresAtMs + clockSkewMs - Date.now();
}
