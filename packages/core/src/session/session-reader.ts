import type { Logger } from "../options/logger.ts";
import { trimmed } from "../text/paste-accident.ts";
import { delay } from "../timing/delay.ts";
import { PerRequest } from "../timing/per-request.ts";
import type { GuardedStore } from "./guarded-store.ts";
import { type CredentialOptions, sessionFromOptions } from "./session-from-options.ts";
import { areTwoUsers, isStoredFirst, rotated } from "./session-rules.ts";
import type { SessionState } from "./session-state.ts";
import type { Session } from "./session-store.ts";
import { SingleFlight } from "./single-flight.ts";
import type { TokenLife } from "./token-life.ts";

export interface SessionReaderOptions {
  credentials: CredentialOptions;
  state: SessionState;
  store: GuardedStore;
  life: TokenLife;
  /** False in Workers, where one request must not await what another one has begun. */
  sharesPromises: boolean;
  logger: Logger;
}

/** How long a call waits for a store that it only looks into for changes. */
const PATIENCE_MS = 2_000;

/** Where a session comes from that nobody has signed in with here: the options, and the store, which others change. */
export class SessionReader {
  readonly #options: SessionReaderOptions;
  readonly #flights: PerRequest<SingleFlight<Session | undefined>>;

  constructor(options: SessionReaderOptions) {
    this.#options = options;
    this.#flights = new PerRequest(options.sharesPromises, () => new SingleFlight({ sharesPromises: true }));
  }

  /** What is there, expired or not. The store is read again where that was long ago. */
  find(signal: AbortSignal | undefined): Promise<Session | undefined> {
    const { state, store } = this.#options;
    if (state.current !== undefined && !store.isToBeReadAgain) return Promise.resolve(state.current);
    return store.isThere ? this.#read(signal) : this.#begin(false);
  }

  /** Another tab or process may have changed the store. */
  onStoreChange(): void {
    this.#readAnew().catch((error: unknown) => {
      this.#options.logger.warn("session: its store could not be read after a change", {
        error: String(error),
      });
    });
  }

  async #readAnew(): Promise<void> {
    const { value: flight, release } = this.#flights.take();
    try {
      // A reading that is under way may have begun before the change.
      if (flight.isUnderWay) await flight.run(() => this.#follow(), undefined).catch(() => undefined);
      await flight.run(() => this.#readNow(true), undefined);
    } finally {
      release();
    }
  }

  #read(signal: AbortSignal | undefined): Promise<Session | undefined> {
    const { value: flight, release } = this.#flights.take();
    return flight.run(() => this.#readNow(false), signal).finally(release);
  }

  #readNow(isNews: boolean): Promise<Session | undefined> {
    return this.#options.state.current === undefined ? this.#begin(isNews) : this.#follow();
  }

  /** @param isNews whether somebody is to be told of a session that is found */
  async #begin(isNews: boolean): Promise<Session | undefined> {
    const { state, store, credentials } = this.#options;
    const { epoch, isAtStart } = state;
    const fromOptions = isAtStart ? sessionFromOptions(credentials) : undefined;
    if (isAtStart) state.name(fromOptions?.userId || trimmed(credentials.userId) || "");
    const stored = await store.load();
    if (state.current !== undefined || epoch !== state.epoch) return state.current;
    if (stored !== undefined && this.#isFirst(stored, fromOptions)) {
      if (isAtStart && !isNews) state.begin(stored);
      else state.use(stored, "signed-in");
      state.changes.tell();
    } else {
      if (stored !== undefined && fromOptions !== undefined) await this.#takePlace(fromOptions, stored, epoch);
      state.begin(fromOptions);
      if (fromOptions !== undefined && stored !== undefined) state.name(stored.userId);
    }
    return state.current;
  }

  #isFirst(stored: Session, fromOptions: Session | undefined): boolean {
    const { expired, userId } = this.#options.state;
    // What has expired for good here is not taken up again: only what another one has put in its place.
    if (expired !== undefined && rotated(stored, expired, userId) === undefined) return false;
    return isStoredFirst(stored, fromOptions, userId);
  }

  /** The store's next reader is to find the user that this client acts as, once there is a token of that user's. */
  async #takePlace(ours: Session, stored: Session, epoch: number): Promise<void> {
    const { state, store, life } = this.#options;
    if (!areTwoUsers(stored.userId, state.userId)) return;
    if (!life.isUsable(ours)) return store.mayReplace(stored);
    await store.save(ours);
    if (epoch === state.epoch) return;
    // Somebody has signed in or out while it was being saved.
    await store.undo(ours, state.current);
    state.checkEpoch(epoch);
  }

  /** Sees a sign-out, or a refresh, that was made elsewhere. A store that fails is no reason to stop working. */
  async #follow(): Promise<Session | undefined> {
    const { state, store, logger } = this.#options;
    const { epoch, userId } = state;
    let stored: Session | undefined;
    const patience = new AbortController();
    try {
      const late = delay(PATIENCE_MS, patience.signal).then(() => {
        throw new Error(`It has not answered within ${PATIENCE_MS} ms.`);
      });
      stored = await Promise.race([store.load(), late]);
    } catch (error) {
      store.putOff();
      logger.warn("session: its store could not be read again", { error: String(error) });
      return state.current;
    } finally {
      patience.abort("read, or given up");
    }
    const { current } = state;
    if (current === undefined || epoch !== state.epoch) return current;
    const later = rotated(stored, current, userId);
    if (store.isEmptied(stored, userId)) state.signOutElsewhere();
    else if (later !== undefined) state.use(later, "refreshed");
    state.changes.tell();
    return state.current;
  }
}
