import { AuthenticationError } from "../errors/authentication-error.ts";
import { isRefusal } from "../errors/is-refusal.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { CallOptions } from "../options/options.ts";
import { redact } from "../text/redact.ts";
import { authenticationError } from "./grant-refusal.ts";
import { GuardedStore } from "./guarded-store.ts";
import { decodeToken } from "./jwt.ts";
import { SessionChanges } from "./session-changes.ts";
import { sessionFromOptions } from "./session-from-options.ts";
import type { SessionManagerOptions } from "./session-manager-options.ts";
import {
  BACKGROUND_MS,
  BLOCKING_MS,
  endedMeanwhile,
  isFresh,
  isOfAnother,
  isUsable,
  rotated,
  signedOutElsewhere,
} from "./session-rules.ts";
import type { Session } from "./session-store.ts";
import { SingleFlight } from "./single-flight.ts";

const RETRY_AFTER_FAILURE_MS = 30_000;

/** What one refresh began with. */
interface RefreshRun {
  stale: Session;
  options: CallOptions;
  epoch: number;
}

/**
 * The one owner of the token. It refreshes in the background under 10 min before expiry, makes callers wait under 60 s,
 * and is forced by a 401; whatever the number of callers, one refresh runs at a time. No timer, no lock.
 */
export class SessionManager {
  readonly changes: SessionChanges;
  readonly #options: SessionManagerOptions;
  readonly #store: GuardedStore;
  readonly #loads: SingleFlight<Session | undefined> | undefined;
  readonly #refreshes: SingleFlight<Session>;
  #current: Session | undefined;
  /** Whether the store holds our session, as far as is known, and not that of somebody who was there before. */
  #isStored = false;
  /** Raised by each sign-in and sign-out: what was begun before one counts no more after it. */
  #epoch = 0;
  #earlyRefreshNotBeforeMs = 0;
  #refused: { refreshToken: string; error: AuthenticationError } | undefined;
  #storeError: SessionStoreError | undefined;

  constructor(options: SessionManagerOptions) {
    const { sharesPromises, logger, store } = options;
    this.#options = options;
    this.changes = new SessionChanges(logger);
    this.#store = new GuardedStore(store);
    this.#loads = sharesPromises ? new SingleFlight({ sharesPromises }) : undefined;
    this.#refreshes = new SingleFlight({ sharesPromises, onEnd: () => this.changes.tell() });
  }

  /**
   * A token that is valid now; never resolves to nothing.
   * @param isForeground whether a caller waits for it, who is to learn of a failed store
   * @throws AuthenticationError where none can be had; SessionStoreError
   */
  async accessToken(signal?: AbortSignal, isForeground = true): Promise<string> {
    const session = await this.#load(signal);
    if (isForeground) this.#throwStoreError();
    const leftMs = session.expiresAtMs - Date.now();
    if (leftMs > BACKGROUND_MS) return session.accessToken;
    if (!this.#canRefresh(session)) {
      if (leftMs > 0) return session.accessToken;
      throw new AuthenticationError(
        `The token expired at ${new Date(session.expiresAtMs).toISOString()} and there is no refresh token. Pass refreshToken or sign in again.`,
      );
    }
    if (leftMs > BLOCKING_MS && (this.#options.refreshesInBackground || this.#options.waitUntil !== undefined)) {
      this.#refreshInBackground(session);
      return session.accessToken;
    }
    try {
      return (await this.#refresh(session, signal)).accessToken;
    } catch (error) {
      const isStoreFailure = SessionStoreError.is(error) && isForeground;
      if (isStoreFailure) this.#storeError = undefined;
      // An early refresh that fails costs nothing as long as the present token still serves.
      const serves = leftMs > 0 && this.#current !== undefined && !signal?.aborted;
      if (serves && !isStoreFailure) return session.accessToken;
      throw error;
    }
  }

  /**
   * After a 401: another token than the refused one, or undefined where there is nothing to renew it with.
   * @throws AuthenticationError when the refresh token is refused too
   */
  async renew(refusedToken: string, signal?: AbortSignal): Promise<string | undefined> {
    const session = await this.#load(signal);
    if (session.accessToken !== refusedToken) return session.accessToken;
    if (!this.#canRefresh(session)) return undefined;
    return (await this.#refresh(session, signal)).accessToken;
  }

  /** The user that the session belongs to: the option, else the token's `sub`. @throws AuthenticationError */
  async userId(signal?: AbortSignal): Promise<string> {
    if (this.#epoch === 0 && this.#options.userId !== undefined) return this.#options.userId;
    const { userId } = await this.#load(signal);
    if (userId !== "") return userId;
    // A refresh token alone names nobody; the token that it brings does.
    const claims = decodeToken(await this.accessToken(signal));
    if (claims.sub === undefined) throw new AuthenticationError("The token names no user (no sub claim). Pass userId.");
    return claims.sub;
  }

  /** What is there, expired or not, without a request. */
  find(signal?: AbortSignal): Promise<Session | undefined> {
    if (this.#current !== undefined) return Promise.resolve(this.#current);
    // Where promises cannot be shared, each caller reads for itself.
    return this.#loads?.run(() => this.#firstSession(), signal) ?? this.#firstSession();
  }

  /** A refresh that does not ask whether it is time. Callers at the same moment share it, and its options. */
  async forceRefresh(options: CallOptions): Promise<Session> {
    const session = await this.#load(options.signal);
    return this.#refresh(session, options.signal, { ...options, signal: undefined });
  }

  /** Takes a new session over, whosever the last one was. It is in use even where the store fails. @throws SessionStoreError */
  async signIn(session: Session, type: "signed-in" | "refreshed" = "signed-in"): Promise<void> {
    this.#epoch++;
    this.#isStored = false;
    try {
      await this.#store.save(session);
      this.#isStored = true;
    } finally {
      this.#use(session, type);
      this.changes.tell();
    }
  }

  /** Forgets the session, here and in the store. @throws SessionStoreError */
  async signOut(): Promise<void> {
    this.#forget();
    try {
      await this.#store.clear();
    } finally {
      this.changes.tell();
    }
  }

  async #load(signal: AbortSignal | undefined): Promise<Session> {
    const session = await this.find(signal);
    if (session !== undefined) return session;
    throw new AuthenticationError("No token was given. Pass token (and refreshToken) or sign in first.");
  }

  async #firstSession(): Promise<Session | undefined> {
    const epoch = this.#epoch;
    // What the options say counts until somebody signs in or out.
    const given = epoch === 0 ? sessionFromOptions(this.#options) : undefined;
    const stored = await this.#store.load();
    if (this.#current !== undefined || epoch !== this.#epoch) return this.#current;
    const isOthers = epoch === 0 && isOfAnother(stored, given?.userId ?? this.#options.userId);
    const isStored =
      stored !== undefined && !isOthers && (given === undefined || stored.expiresAtMs > given.expiresAtMs);
    if (isOthers && given !== undefined && isUsable(given)) await this.#replaceStored(given, epoch);
    this.#current = isStored ? stored : given;
    this.#isStored ||= isStored || (stored !== undefined && stored.accessToken === given?.accessToken);
    if (epoch > 0 && isStored) {
      this.changes.note("signed-in", stored);
      this.changes.tell();
    }
    return this.#current;
  }

  /** The store's next reader is to find the user that this client acts as. */
  async #replaceStored(session: Session, epoch: number): Promise<void> {
    await this.#store.save(session);
    if (epoch !== this.#epoch) await this.#undoSave();
    this.#isStored = true;
  }

  #canRefresh(session: Session): boolean {
    return session.refreshToken !== undefined || this.#store.isThere;
  }

  #refreshInBackground(session: Session): void {
    if (this.#refreshes.isUnderWay || Date.now() < this.#earlyRefreshNotBeforeMs) return;
    const work = this.#refresh(session, undefined).catch((error: unknown) => {
      this.#earlyRefreshNotBeforeMs = Date.now() + RETRY_AFTER_FAILURE_MS;
      this.#options.logger.warn("session: refresh in the background failed", { error: redact(String(error)) });
    });
    this.#options.waitUntil?.(work);
  }

  #refresh(stale: Session, signal: AbortSignal | undefined, options: CallOptions = {}): Promise<Session> {
    return this.#refreshes.run(() => this.#refreshNow(stale, options), signal);
  }

  async #refreshNow(stale: Session, options: CallOptions): Promise<Session> {
    const run: RefreshRun = { stale, options, epoch: this.#epoch };
    const before = await this.#store.load();
    this.#checkEpoch(run.epoch);
    if (this.#store.isEmptied(before)) throw this.#signedOutElsewhere();
    const later = rotated(before, stale);
    if (later !== undefined && isFresh(later)) return this.#useStored(later);
    // What the store holds was rotated by another tab or process; ours is spent then, even if both have expired.
    const refreshToken = later?.refreshToken ?? stale.refreshToken;
    if (refreshToken === undefined) {
      throw new AuthenticationError(
        "The token was refused or has expired and there is no refresh token. Pass refreshToken or sign in again.",
      );
    }
    try {
      return await this.#exchange(refreshToken, before, run);
    } catch (error) {
      if (!isRefusal(error) || run.epoch !== this.#epoch) throw error;
      // The other one may have rotated it between our read of the store and our request.
      const winner = await this.#store.load();
      this.#checkEpoch(run.epoch);
      if (this.#store.isEmptied(winner)) throw this.#signedOutElsewhere();
      const next = rotated(winner, stale);
      if (next?.refreshToken === undefined || next.refreshToken === refreshToken) {
        throw this.#refusal(refreshToken, error);
      }
      return isFresh(next) ? this.#useStored(next) : this.#exchange(next.refreshToken, winner, run);
    }
  }

  /** Spends a refresh token. The new one is saved before the new access token is used. */
  async #exchange(token: string, before: Session | undefined, { stale, options, epoch }: RefreshRun): Promise<Session> {
    if (this.#refused?.refreshToken === token) throw this.#refused.error;
    const session = await this.#options.refresh(token, options);
    this.#checkEpoch(epoch);
    let committed: Session | undefined;
    try {
      committed = await this.#store.commit(session, before, this.#isStored);
    } catch (cause) {
      this.#checkEpoch(epoch);
      this.#use(session, "refreshed");
      this.#storeError = new SessionStoreError(
        "The session was refreshed, but its store could not save it: the old refresh token is spent, so a restart would be signed out.",
        { cause: SessionStoreError.is(cause) ? (cause.cause ?? cause) : cause },
      );
      throw this.#storeError;
    }
    if (epoch !== this.#epoch) await this.#undoSave();
    if (committed === undefined) throw this.#signedOutElsewhere();
    this.#isStored = true;
    // In a Worker another request may have taken this refresh over, and be further along.
    const now = this.#current;
    if (now !== undefined && now !== stale && now.expiresAtMs > committed.expiresAtMs) return now;
    return this.#use(committed, "refreshed");
  }

  /** A sign-out, or another user's sign-in, came while the store was saving: what it left there is put right. */
  async #undoSave(): Promise<never> {
    if (this.#current === undefined) await this.#store.clear();
    else await this.#store.save(this.#current);
    throw endedMeanwhile();
  }

  #checkEpoch(epoch: number): void {
    if (epoch !== this.#epoch) throw endedMeanwhile();
  }

  /** Remembered, so that a token which was refused once is not tried again by every call. */
  #refusal(refreshToken: string, cause: Parameters<typeof authenticationError>[1]): AuthenticationError {
    if (this.#refused?.refreshToken === refreshToken) return this.#refused.error;
    const error = authenticationError(
      "The session could not be refreshed: the refresh token was refused. Sign in again.",
      cause,
    );
    this.#refused = { refreshToken, error };
    return error;
  }

  #signedOutElsewhere(): AuthenticationError {
    this.#forget();
    return signedOutElsewhere();
  }

  #forget(): void {
    this.#epoch++;
    this.#current = undefined;
    this.#isStored = false;
    this.changes.note("signed-out", null);
  }

  #useStored(session: Session): Session {
    this.#isStored = true;
    return this.#use(session, "refreshed");
  }

  #use(session: Session, type: "signed-in" | "refreshed"): Session {
    this.#current = session;
    this.changes.note(type, session);
    return session;
  }

  #throwStoreError(): void {
    const error = this.#storeError;
    this.#storeError = undefined;
    if (error !== undefined) throw error;
  }
}
