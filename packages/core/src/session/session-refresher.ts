import { isRefusal } from "../errors/is-refusal.ts";
import type { CallOptions } from "../options/options.ts";
import { mentionsKey } from "../wire/words.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { RefreshFailures } from "./refresh-failures.ts";
import { endedMeanwhile, ofAnotherUser } from "./session-errors.ts";
import { areTwoUsers, rotated } from "./session-rules.ts";
import type { SessionState } from "./session-state.ts";
import type { Session } from "./session-store.ts";
import type { TokenLife } from "./token-life.ts";

export interface SessionRefresherOptions {
  refresh(refreshToken: string, options: CallOptions): Promise<Session>;
  state: SessionState;
  store: GuardedStore;
  life: TokenLife;
  failures: RefreshFailures;
}

/** What one refresh began with. */
interface RefreshRun {
  stale: Session;
  options: CallOptions;
  epoch: number;
}

/** Renews a session, beside others who do the same with the same store. */
export class SessionRefresher {
  readonly #options: SessionRefresherOptions;

  constructor(options: SessionRefresherOptions) {
    this.#options = options;
  }

  /** @returns undefined where there is nothing to refresh it with */
  async refresh(stale: Session, options: CallOptions): Promise<Session | undefined> {
    const { state, store, life, failures } = this.#options;
    const run: RefreshRun = { stale, options, epoch: state.epoch };
    const before = await this.#load(run);
    const later = rotated(before, stale, state.userId);
    if (later !== undefined && life.isFresh(later)) return state.use(later, "refreshed");
    // What the store holds was rotated by another tab or process; ours is spent then, even if both have expired.
    const refreshToken = later?.refreshToken ?? stale.refreshToken;
    if (refreshToken === undefined) return undefined;
    try {
      return await this.#exchange(refreshToken, before, run);
    } catch (error) {
      // A wrong key says nothing of the session.
      if (!isRefusal(error) || mentionsKey(error.status, error.body) || run.epoch !== state.epoch) throw error;
      // The other one may have rotated it between our read of the store and our request.
      const winner = store.isThere ? await this.#load(run) : undefined;
      const next = rotated(winner, stale, state.userId);
      if (next?.refreshToken === undefined || next.refreshToken === refreshToken) {
        throw failures.refusedBy(error, refreshToken);
      }
      return life.isFresh(next) ? state.use(next, "refreshed") : this.#exchange(next.refreshToken, winner, run);
    }
  }

  /** What the store holds. @throws AuthenticationError where somebody has signed out, here or elsewhere */
  async #load({ epoch }: RefreshRun): Promise<Session | undefined> {
    const { state, store } = this.#options;
    const stored = await store.load();
    state.checkEpoch(epoch);
    if (store.isEmptied(stored, state.userId)) throw state.signOutElsewhere();
    return stored;
  }

  /** Spends a refresh token. The new one is saved before the new access token is used. */
  async #exchange(token: string, before: Session | undefined, { stale, options, epoch }: RefreshRun): Promise<Session> {
    const { state, store, life, failures, refresh } = this.#options;
    failures.throwIfRefused(token);
    const renewed = await refresh(token, options);
    state.checkEpoch(epoch);
    if (areTwoUsers(renewed.userId, state.userId)) throw failures.refused(token, ofAnotherUser());
    const session = { ...renewed, userId: renewed.userId || state.userId };
    life.received(session);
    let committed: Session | undefined;
    try {
      committed = await store.commit(session, before);
    } catch (cause) {
      state.checkEpoch(epoch);
      state.use(session, "refreshed");
      throw failures.unsaved(cause);
    }
    if (epoch !== state.epoch) {
      // A sign-out, or another user's sign-in, came while the store was saving: what it left there is put right.
      await store.undo(session, state.current);
      throw endedMeanwhile();
    }
    if (committed === undefined) throw state.signOutElsewhere();
    // In a Worker another request may have taken this refresh over, and be further along.
    const now = state.current;
    if (now !== undefined && now !== stale && now.expiresAtMs > committed.expiresAtMs) return now;
    return state.use(committed, "refreshed");
  }
}
