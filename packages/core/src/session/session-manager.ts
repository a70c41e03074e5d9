import { AuthenticationError } from "../errors/authentication-error.ts";
import { isRefusal } from "../errors/is-refusal.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { CallOptions } from "../options/options.ts";
import { redact } from "../text/redact.ts";
import { GuardedStore } from "./guarded-store.ts";
import { subjectOf } from "./jwt.ts";
import { RefreshFailures } from "./refresh-failures.ts";
import { SessionChanges } from "./session-changes.ts";
import { endedMeanwhile, noRefreshToken, noSession, ofAnotherUser, signedOutElsewhere } from "./session-errors.ts";
import { sessionFromOptions } from "./session-from-options.ts";
import type { SessionManagerOptions } from "./session-manager-options.ts";
import { areTwoUsers, BACKGROUND_MS, BLOCKING_MS, isFresh, isStoredFirst, isUsable, rotated } from "./session-rules.ts";
import type { Session } from "./session-store.ts";
import { SingleFlight } from "./single-flight.ts";

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
  readonly #failures = new RefreshFailures();
  #current: Session | undefined;
  /** Who this client acts for, empty while nobody is known. Then only a sign-in changes it: no refresh and no store. */
  #userId = "";
  /** Raised by each sign-in and sign-out: what was begun before one counts no more after it. */
  #epoch = 0;

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
   * @param options of a refresh that this call begins
   * @throws AuthenticationError where none can be had; SessionStoreError
   */
  async accessToken(signal?: AbortSignal, isForeground = true, options: CallOptions = {}): Promise<string> {
    const session = await this.#load(signal);
    const unsaved = isForeground ? this.#failures.takeUnsaved() : undefined;
    if (unsaved !== undefined) throw unsaved;
    const leftMs = session.expiresAtMs - Date.now();
    if (leftMs > BACKGROUND_MS) return session.accessToken;
    if (!this.#canRefresh(session)) {
      if (leftMs > 0) return session.accessToken;
      throw noRefreshToken(`The token expired at ${new Date(session.expiresAtMs).toISOString()}`);
    }
    if (leftMs > BLOCKING_MS && (this.#options.refreshesInBackground || this.#options.waitUntil !== undefined)) {
      this.#refreshInBackground(session);
      return session.accessToken;
    }
    try {
      return (await this.#refresh(session, signal, { ...options, signal: undefined })).accessToken;
    } catch (error) {
      const isStoreFailure = SessionStoreError.is(error) && isForeground;
      if (isStoreFailure) this.#failures.takeUnsaved();
      // An early refresh that fails costs nothing as long as the present token still serves.
      const serves = leftMs > 0 && this.#current !== undefined && !signal?.aborted;
      if (serves && !isStoreFailure) return session.accessToken;
      throw error;
    }
  }

  /**
   * After a 401: another token of the same user than the refused one, or undefined where nothing can renew it.
   * @throws AuthenticationError when the refresh token is refused too
   */
  async renew(refusedToken: string, signal?: AbortSignal): Promise<string | undefined> {
    const session = await this.#load(signal);
    if (session.accessToken !== refusedToken) {
      // Where another user has signed in since, the request is not repeated in that name.
      return areTwoUsers(subjectOf(refusedToken) ?? "", session.userId) ? undefined : session.accessToken;
    }
    if (!this.#canRefresh(session)) return undefined;
    return (await this.#refresh(session, signal)).accessToken;
  }

  /** The user that the session belongs to: the token's `sub`, else the option. @throws AuthenticationError */
  async userId(signal?: AbortSignal): Promise<string> {
    const session = await this.find(signal);
    if (session === undefined) {
      // For rows by a supabase-js client of the caller's own, no session is needed here.
      if (this.#epoch === 0 && this.#options.userId !== undefined) return this.#options.userId;
      throw noSession();
    }
    if (session.userId !== "" && session.accessToken !== "") return session.userId;
    // A refresh token alone names nobody; the token that it brings does.
    const userId = subjectOf(await this.accessToken(signal)) ?? this.#userId;
    if (userId === "") throw new AuthenticationError("The token names no user (no sub claim). Pass userId.");
    return userId;
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
    try {
      await this.#store.save(session);
    } finally {
      // What the last user's session began while this one was being saved counts no more either.
      this.#epoch++;
      this.#userId = session.userId;
      this.#use(session, type);
      this.changes.tell();
    }
  }

  /** Changes with each sign-in and sign-out. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * Forgets the session, here and in the store, where another user's stays.
   * @param epoch in which the sign-out began: who has signed in since stays signed in
   * @throws SessionStoreError
   */
  async signOut(epoch: number = this.#epoch): Promise<void> {
    const holdsAnothers = this.#store.holdsAnothers(this.#userId);
    const isToClear = await holdsAnothers.then((holds) => !holds).catch(() => false);
    if (epoch !== this.#epoch) return;
    this.#forget();
    try {
      if (isToClear) await this.#store.clear();
      // Where it could not be read, it is left, and that is heard of.
      await holdsAnothers;
    } finally {
      this.changes.tell();
    }
  }

  async #load(signal: AbortSignal | undefined): Promise<Session> {
    const session = await this.find(signal);
    if (session !== undefined) return session;
    throw noSession();
  }

  async #firstSession(): Promise<Session | undefined> {
    const epoch = this.#epoch;
    // What the options say counts until somebody signs in or out.
    const fromOptions = epoch === 0 ? sessionFromOptions(this.#options) : undefined;
    if (epoch === 0) this.#userId ||= fromOptions?.userId ?? this.#options.userId ?? "";
    const stored = await this.#store.load();
    if (this.#current !== undefined || epoch !== this.#epoch) return this.#current;
    if (stored !== undefined && isStoredFirst(stored, fromOptions, this.#userId)) {
      this.#current = stored;
      if (epoch > 0) {
        this.changes.note("signed-in", stored);
        this.changes.tell();
      }
    } else {
      if (stored !== undefined && fromOptions !== undefined) await this.#takePlace(fromOptions, stored, epoch);
      this.#current = fromOptions;
    }
    this.#userId ||= this.#current?.userId || stored?.userId || "";
    return this.#current;
  }

  /** The store's next reader is to find the user that this client acts as, once there is a token of that user's. */
  async #takePlace(ours: Session, stored: Session, epoch: number): Promise<void> {
    if (!areTwoUsers(stored.userId, this.#userId)) return;
    if (!isUsable(ours)) return this.#store.mayReplace(stored);
    await this.#store.save(ours);
    if (epoch !== this.#epoch) await this.#undoSave(ours);
  }

  #canRefresh(session: Session): boolean {
    return session.refreshToken !== undefined || this.#store.isThere;
  }

  #refreshInBackground(session: Session): void {
    if (this.#refreshes.isUnderWay || this.#failures.isTooEarly) return;
    const work = this.#refresh(session, undefined).catch((error: unknown) => {
      this.#failures.early();
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
    if (this.#store.isEmptied(before, this.#userId)) throw this.#signedOutElsewhere();
    const later = rotated(before, stale, this.#userId);
    if (later !== undefined && isFresh(later)) return this.#use(later, "refreshed");
    // What the store holds was rotated by another tab or process; ours is spent then, even if both have expired.
    const refreshToken = later?.refreshToken ?? stale.refreshToken;
    if (refreshToken === undefined) throw noRefreshToken("The token was refused or has expired");
    try {
      return await this.#exchange(refreshToken, before, run);
    } catch (error) {
      if (!isRefusal(error) || run.epoch !== this.#epoch) throw error;
      // The other one may have rotated it between our read of the store and our request.
      const winner = await this.#store.load();
      this.#checkEpoch(run.epoch);
      if (this.#store.isEmptied(winner, this.#userId)) throw this.#signedOutElsewhere();
      const next = rotated(winner, stale, this.#userId);
      if (next?.refreshToken === undefined || next.refreshToken === refreshToken) {
        throw this.#failures.refusedBy(error, refreshToken);
      }
      return isFresh(next) ? this.#use(next, "refreshed") : this.#exchange(next.refreshToken, winner, run);
    }
  }

  /** Spends a refresh token. The new one is saved before the new access token is used. */
  async #exchange(token: string, before: Session | undefined, { stale, options, epoch }: RefreshRun): Promise<Session> {
    this.#failures.throwIfRefused(token);
    const renewed = await this.#options.refresh(token, options);
    this.#checkEpoch(epoch);
    if (areTwoUsers(renewed.userId, this.#userId)) throw this.#failures.refused(token, ofAnotherUser());
    const session = { ...renewed, userId: renewed.userId || this.#userId };
    let committed: Session | undefined;
    try {
      committed = await this.#store.commit(session, before);
    } catch (cause) {
      this.#checkEpoch(epoch);
      this.#use(session, "refreshed");
      throw this.#failures.unsaved(cause);
    }
    if (epoch !== this.#epoch) await this.#undoSave(session);
    if (committed === undefined) throw this.#signedOutElsewhere();
    // In a Worker another request may have taken this refresh over, and be further along.
    const now = this.#current;
    if (now !== undefined && now !== stale && now.expiresAtMs > committed.expiresAtMs) return now;
    return this.#use(committed, "refreshed");
  }

  /** A sign-out, or another user's sign-in, came while the store was saving: what it left there is put right. */
  async #undoSave(saved: Session): Promise<never> {
    await this.#store.undo(saved, this.#current);
    throw endedMeanwhile();
  }

  #checkEpoch(epoch: number): void {
    if (epoch !== this.#epoch) throw endedMeanwhile();
  }

  #signedOutElsewhere(): AuthenticationError {
    this.#forget();
    return signedOutElsewhere();
  }

  #forget(): void {
    this.#epoch++;
    this.#current = undefined;
    this.changes.note("signed-out", null);
  }

  #use(session: Session, type: "signed-in" | "refreshed"): Session {
    this.#current = session;
    this.#userId ||= session.userId;
    this.changes.note(type, session);
    return session;
  }
}
