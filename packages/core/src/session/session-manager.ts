import { AuthenticationError } from "../errors/authentication-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { CallOptions } from "../options/options.ts";
import { trimmed } from "../text/paste-accident.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { withSignal } from "../timing/with-signal.ts";
import { GuardedStore } from "./guarded-store.ts";
import { subjectOf } from "./jwt.ts";
import { RefreshFailures } from "./refresh-failures.ts";
import { type SessionChange, SessionChanges } from "./session-changes.ts";
import { noRefreshToken, outOfDate, supersededSignIn } from "./session-errors.ts";
import type { SessionManagerOptions } from "./session-manager-options.ts";
import { SessionReader } from "./session-reader.ts";
import { SessionRefresher } from "./session-refresher.ts";
import { areTwoUsers } from "./session-rules.ts";
import { SessionState } from "./session-state.ts";
import type { Session } from "./session-store.ts";
import { SingleFlight } from "./single-flight.ts";
import { TokenLife } from "./token-life.ts";

/** How a session is taken over. */
export interface SignIn {
  /** What listeners are told. Default `signed-in`. */
  type?: SessionChange["type"] | undefined;
  /** Of `takeTurn`, where the sign-in began earlier. Default: it begins now. */
  turn?: number | undefined;
  /** The token was issued some time ago, so that its age is not known. */
  isFromElsewhere?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The one owner of the token. It refreshes in the background under 10 min before expiry, makes callers wait under 60 s,
 * and is forced by a 401; whatever the number of callers, one refresh runs at a time. No timer, no lock.
 */
export class SessionManager {
  readonly changes: SessionChanges;
  readonly #options: SessionManagerOptions;
  readonly #store: GuardedStore;
  readonly #state: SessionState;
  readonly #life: TokenLife = new TokenLife();
  readonly #failures: RefreshFailures = new RefreshFailures();
  readonly #reader: SessionReader;
  readonly #refresher: SessionRefresher;
  readonly #refreshes: SingleFlight<Session | undefined>;
  #turns = 0;
  /** That of the last sign-in or sign-out that has come into force. */
  #turnInForce = 0;

  constructor(options: SessionManagerOptions) {
    const { sharesPromises, logger, store: given, refresh } = options;
    this.#options = options;
    const store = new GuardedStore(given);
    this.changes = new SessionChanges(logger, () => this.#watchStore());
    const state = new SessionState(this.changes);
    const parts = { state, store, life: this.#life };
    this.#store = store;
    this.#state = state;
    this.#reader = new SessionReader({ ...parts, credentials: options, sharesPromises, logger });
    this.#refresher = new SessionRefresher({ ...parts, failures: this.#failures, refresh });
    this.#refreshes = new SingleFlight({ sharesPromises, onEnd: () => this.changes.tell() });
  }

  /**
   * A token that is valid now; never resolves to nothing. One that seems to have expired, and cannot be renewed, is given
   * out all the same until the server has refused it, unless its age is known: this machine's date may be wrong.
   * @param isForeground whether a caller waits for it, who is to learn of a failed store
   * @param options of a refresh that this call begins
   * @throws AuthenticationError where none can be had; SessionStoreError
   */
  async accessToken(signal?: AbortSignal, isForeground = true, options: CallOptions = {}): Promise<string> {
    const session = await this.#load(signal);
    const unsaved = isForeground ? this.#failures.takeUnsaved() : undefined;
    if (unsaved !== undefined) throw unsaved;
    const stage = this.#life.stage(session);
    if (stage === "fresh") return session.accessToken;
    if (stage === "due" && this.#canRefreshBesides(session)) {
      this.#refreshInBackground(session);
      return session.accessToken;
    }
    const serves = stage !== "over";
    // An auth server that is down is not waited for by every call.
    if (serves && this.#failures.isTooEarly) return session.accessToken;
    let renewed: Session | undefined;
    try {
      renewed = await this.#refresh(session, signal, { ...options, signal: undefined });
    } catch (error) {
      const isStoreFailure = SessionStoreError.is(error) && isForeground;
      if (isStoreFailure) this.#failures.takeUnsaved();
      // An early refresh that fails costs nothing as long as the present token still serves.
      if (serves && !isStoreFailure && this.#state.current !== undefined && !signal?.aborted) {
        this.#failures.early();
        return session.accessToken;
      }
      if (!serves) this.#expireIfRefused(session, error);
      throw error;
    }
    if (renewed !== undefined) return renewed.accessToken;
    const isWorthATry = session.accessToken !== "" && !this.#life.isKnown(session);
    if (serves || isWorthATry) return session.accessToken;
    throw this.#expire(session);
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
    // One that should be valid still may have been refused by one part of the service only.
    const isOver = (): boolean => this.#life.stage(session) === "over";
    const renewed = await this.#refresh(session, signal).catch((error: unknown) => {
      if (isOver() || this.#failures.isServersRefusal(error)) this.#expireIfRefused(session, error);
      throw error;
    });
    if (renewed === undefined && isOver()) this.#expire(session);
    return renewed?.accessToken;
  }

  /** The user that the session belongs to: the token's `sub`, else the option. @throws AuthenticationError */
  async userId(signal?: AbortSignal): Promise<string> {
    const session = await this.find(signal);
    if (session === undefined) {
      // For rows by a supabase-js client of the caller's own, no session is needed here.
      const userId = trimmed(this.#options.userId);
      if (this.#state.isAtStart && userId !== undefined) return userId;
      throw this.#state.absence;
    }
    if (session.userId !== "" && session.accessToken !== "") return session.userId;
    // A refresh token alone names nobody; the token that it brings does.
    const userId = subjectOf(await this.accessToken(signal)) ?? this.#state.userId;
    if (userId === "") throw new AuthenticationError("The token names no user (no sub claim). Pass userId.");
    return userId;
  }

  /** What is there, expired or not, without a request. */
  find(signal?: AbortSignal): Promise<Session | undefined> {
    return this.#reader.find(signal);
  }

  /** A refresh that does not ask whether it is time. Callers at the same moment share it, and its options. */
  async forceRefresh(options: CallOptions): Promise<Session> {
    const session = await this.#load(options.signal);
    let renewed: Session | undefined;
    try {
      renewed = await this.#refresh(session, options.signal, { ...options, signal: undefined });
    } catch (error) {
      if (this.#life.stage(session) === "over") this.#expireIfRefused(session, error);
      throw error;
    }
    if (renewed === undefined) throw noRefreshToken("The session could not be refreshed:");
    return renewed;
  }

  /** Whether a session's access token is missing, or seems to have expired. */
  seemsOver(session: Session): boolean {
    return this.#life.stage(session) === "over";
  }

  /** Takes a place in the order of sign-ins and sign-outs: of several at once the one that was called last counts. */
  takeTurn(): number {
    return ++this.#turns;
  }

  /**
   * Takes a new session over, whosever the last one was. It is in use even where the store fails.
   * @throws SessionStoreError; AuthenticationError where a later sign-in or sign-out is in force already; `signal.reason`
   */
  async signIn(session: Session, { type = "signed-in", turn = this.takeTurn(), ...how }: SignIn = {}): Promise<void> {
    if (how.isFromElsewhere !== true) this.#life.received(session);
    this.#checkTurn(turn);
    let before = this.#turnInForce;
    this.#state.supersede();
    let failure: { error: unknown } | undefined;
    try {
      await this.#store.save(session);
      // Another one was being written at the same time, and may have come last; so may what it then wrote once more.
      while (turn > this.#turnInForce && this.#turnInForce !== before) {
        before = this.#turnInForce;
        await this.#store.save(session);
      }
    } catch (error) {
      failure = { error };
    }
    if (turn < this.#turnInForce || how.signal?.aborted === true) {
      if (failure === undefined) await this.#store.undo(session, this.#state.current);
      throwIfAborted(how.signal);
      this.#checkTurn(turn);
    }
    this.#turnInForce = turn;
    // What the last user's session began while this one was being saved counts no more either.
    const isAnother = areTwoUsers(this.#state.userId, session.userId);
    this.#state.signIn(session, type);
    if (isAnother) this.#options.onAnotherUser?.();
    this.changes.tell();
    if (failure !== undefined) throw failure.error;
  }

  /**
   * Forgets the session, here and in the store, where another user's stays.
   * @param turn who has signed in by a later one stays signed in
   * @param signal ends the wait for the store: the session is forgotten here all the same
   * @throws SessionStoreError; `signal.reason`
   */
  async signOut(turn: number = this.takeTurn(), signal?: AbortSignal): Promise<void> {
    const holdsAnothers = withSignal(this.#store.holdsAnothers(this.#state.userId), signal);
    const isToClear = await holdsAnothers.then((holds) => !holds).catch(() => false);
    if (turn < this.#turnInForce) return;
    this.#turnInForce = turn;
    this.#state.signOut();
    try {
      if (isToClear) await withSignal(this.#clear(turn), signal);
      // Where it could not be read, it is left, and that is heard of.
      await holdsAnothers;
    } finally {
      this.changes.tell();
    }
  }

  async #clear(turn: number): Promise<void> {
    await this.#store.clear();
    const { current } = this.#state;
    // Who has signed in while it was being cleared is to be found in it.
    if (turn < this.#turnInForce && current !== undefined) await this.#store.save(current);
  }

  #checkTurn(turn: number): void {
    if (turn < this.#turnInForce) throw supersededSignIn();
  }

  async #load(signal: AbortSignal | undefined): Promise<Session> {
    const session = await this.find(signal);
    if (session !== undefined) return session;
    throw this.#state.absence;
  }

  #watchStore(): () => void {
    try {
      return this.#store.subscribe(() => this.#reader.onStoreChange());
    } catch (error) {
      this.#options.logger.warn("session: its store could not be subscribed to", { error: String(error) });
      return () => undefined;
    }
  }

  #canRefreshBesides({ refreshToken }: Session): boolean {
    const { refreshesInBackground, waitUntil } = this.#options;
    return (refreshToken !== undefined || this.#store.isThere) && (refreshesInBackground || waitUntil !== undefined);
  }

  #refreshInBackground(session: Session): void {
    if (this.#refreshes.isUnderWay || this.#failures.isTooEarly) return;
    const work = this.#refresh(session, undefined).catch((error: unknown) => {
      this.#failures.early();
      this.#options.logger.warn("session: refresh in the background failed", { error: String(error) });
    });
    this.#options.waitUntil?.(work);
  }

  #refresh(stale: Session, signal: AbortSignal | undefined, options: CallOptions = {}): Promise<Session | undefined> {
    return this.#refreshes.run(() => this.#refresher.refresh(stale, options), signal);
  }

  #expireIfRefused(session: Session, error: unknown): void {
    if (this.#failures.isRefusal(error)) this.#state.expire(session, error);
  }

  /** @returns why it is of no use any more, which every later call is told, without a request */
  #expire(session: Session): AuthenticationError {
    const error = outOfDate(session);
    this.#state.expire(session, error);
    return error;
  }
}
