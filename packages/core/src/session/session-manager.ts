import * as v from "valibot";
import { APIError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { Logger } from "../logger.ts";
import { redact } from "../redact.ts";
import { withSignal } from "../timing/with-signal.ts";
import { decodeToken } from "./jwt.ts";
import type { Session, SessionStore } from "./session-store.ts";

const BACKGROUND_MS = 10 * 60_000;
const BLOCKING_MS = 60_000;
const RETRY_AFTER_FAILURE_MS = 30_000;

export interface SessionManagerOptions {
  token?: string | undefined;
  refreshToken?: string | undefined;
  userId?: string | undefined;
  store?: SessionStore | undefined;
  waitUntil?: ((work: Promise<unknown>) => void) | undefined;
  /** False in Workers, where what runs on after the response is cut off. */
  refreshesInBackground: boolean;
  logger: Logger;
  refresh(refreshToken: string): Promise<Session>;
}

/**
 * The one owner of the token. It refreshes in the background under 10 min before expiry, makes callers wait under 60 s,
 * and is forced by a 401; whatever the number of callers, one refresh runs at a time. No timer, no lock.
 */
export class SessionManager {
  readonly #options: SessionManagerOptions;
  #current: Session | undefined;
  #loading: Promise<Session> | undefined;
  #refreshing: Promise<Session> | undefined;
  #earlyRefreshNotBeforeMs = 0;
  #refused: { refreshToken: string; error: AuthenticationError } | undefined;
  #storeError: SessionStoreError | undefined;

  constructor(options: SessionManagerOptions) {
    this.#options = options;
  }

  /**
   * A token that is valid now; never resolves to nothing.
   * @param isForeground whether a caller waits for it, who is to learn of a failed store
   * @throws AuthenticationError where none can be had; SessionStoreError
   */
  async accessToken(signal?: AbortSignal, isForeground = true): Promise<string> {
    const session = await withSignal(this.#load(), signal);
    if (isForeground) this.#throwStoreError();
    const leftMs = session.expiresAtMs - Date.now();
    if (leftMs > BACKGROUND_MS) return session.accessToken;
    if (session.refreshToken === undefined && this.#options.store === undefined) {
      if (leftMs > 0) return session.accessToken;
      throw new AuthenticationError(
        `The token expired at ${new Date(session.expiresAtMs).toISOString()} and there is no refresh token. Pass refreshToken or sign in again.`,
      );
    }
    if (leftMs > BLOCKING_MS && this.#canRefreshInBackground) {
      this.#refreshInBackground();
      return session.accessToken;
    }
    try {
      return (await withSignal(this.#refresh(session), signal)).accessToken;
    } catch (error) {
      if (SessionStoreError.is(error) && isForeground) this.#storeError = undefined;
      // An early refresh that fails costs nothing as long as the present token still serves.
      if (leftMs > 0 && !signal?.aborted && !(SessionStoreError.is(error) && isForeground)) return session.accessToken;
      throw error;
    }
  }

  /**
   * After a 401: another token than the refused one, or undefined where there is nothing to renew it with.
   * @throws AuthenticationError when the refresh token is refused too
   */
  async renew(refusedToken: string, signal?: AbortSignal): Promise<string | undefined> {
    const session = await withSignal(this.#load(), signal);
    if (session.accessToken !== refusedToken) return session.accessToken;
    if (session.refreshToken === undefined && this.#options.store === undefined) return undefined;
    return (await withSignal(this.#refresh(session), signal)).accessToken;
  }

  /** The user that the session belongs to: the option, else the token's `sub`. @throws AuthenticationError */
  async userId(signal?: AbortSignal): Promise<string> {
    if (this.#options.userId !== undefined) return this.#options.userId;
    const { userId } = await withSignal(this.#load(), signal);
    if (userId !== "") return userId;
    // A refresh token alone names nobody; the token that it brings does.
    const claims = decodeToken(await this.accessToken(signal));
    if (claims.sub === undefined) throw new AuthenticationError("The token names no user (no sub claim). Pass userId.");
    return claims.sub;
  }

  get #canRefreshInBackground(): boolean {
    return this.#options.refreshesInBackground || this.#options.waitUntil !== undefined;
  }

  #load(): Promise<Session> {
    if (this.#current !== undefined) return Promise.resolve(this.#current);
    this.#loading ??= this.#firstSession().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #firstSession(): Promise<Session> {
    const given = this.#givenSession();
    const stored = await this.#loadStored();
    const session = stored && (given === undefined || stored.expiresAtMs > given.expiresAtMs) ? stored : given;
    if (session === undefined) {
      throw new AuthenticationError("No token was given. Pass token (and refreshToken) or sign in first.");
    }
    this.#current = session;
    return session;
  }

  #givenSession(): Session | undefined {
    const { refreshToken, userId } = this.#options;
    // A line break at its end is what a paste brings along.
    const token = this.#options.token?.trim();
    if (token === undefined) {
      // A refresh token alone is enough: a session that has expired already makes the first call refresh it.
      return refreshToken === undefined
        ? undefined
        : { accessToken: "", refreshToken, expiresAtMs: 0, userId: userId ?? "" };
    }
    const claims = decodeToken(token);
    return {
      accessToken: token,
      refreshToken,
      expiresAtMs: claims.exp === undefined ? Number.POSITIVE_INFINITY : claims.exp * 1000,
      userId: userId ?? claims.sub ?? "",
    };
  }

  #refreshInBackground(): void {
    if (this.#refreshing !== undefined || Date.now() < this.#earlyRefreshNotBeforeMs || this.#current === undefined)
      return;
    const work = this.#refresh(this.#current).catch((error: unknown) => {
      this.#earlyRefreshNotBeforeMs = Date.now() + RETRY_AFTER_FAILURE_MS;
      this.#options.logger.warn("session: refresh in the background failed", { error: redact(String(error)) });
    });
    this.#options.waitUntil?.(work);
  }

  #refresh(stale: Session): Promise<Session> {
    this.#refreshing ??= this.#refreshNow(stale).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refreshNow(stale: Session): Promise<Session> {
    const stored = await this.#laterInStore(stale);
    if (stored !== undefined && isFresh(stored)) return this.#adopt(stored);
    // What the store holds was rotated by another tab or process; ours is spent then, even if both have expired.
    const refreshToken = stored?.refreshToken ?? stale.refreshToken;
    if (refreshToken === undefined) {
      throw new AuthenticationError(
        "The token was refused or has expired and there is no refresh token. Pass refreshToken or sign in again.",
      );
    }
    try {
      return await this.#exchange(refreshToken);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // The other one may have rotated it between our read of the store and our request.
      const winner = await this.#laterInStore(stale);
      if (winner?.refreshToken === undefined || winner.refreshToken === refreshToken)
        throw this.#refusal(refreshToken, error);
      return isFresh(winner) ? this.#adopt(winner) : await this.#exchange(winner.refreshToken);
    }
  }

  /** Spends a refresh token. The new one is saved before the new access token is used. */
  async #exchange(refreshToken: string): Promise<Session> {
    if (this.#refused?.refreshToken === refreshToken) throw this.#refused.error;
    const session = await this.#options.refresh(refreshToken);
    try {
      await this.#options.store?.save(session);
    } catch (cause) {
      this.#adopt(session);
      this.#storeError = new SessionStoreError(
        "The session was refreshed, but its store could not save it: the old refresh token is spent, so a restart would be signed out.",
        { cause },
      );
      throw this.#storeError;
    }
    return this.#adopt(session);
  }

  /** Remembered, so that a token which was refused once is not tried again by every call. */
  #refusal(refreshToken: string, cause: APIError): AuthenticationError {
    const error = new AuthenticationError(
      "The session could not be refreshed: the refresh token was refused. Sign in again.",
      {
        status: cause.status,
        headers: cause.headers,
        requestId: cause.requestId,
        cause,
      },
    );
    this.#refused = { refreshToken, error };
    return error;
  }

  #adopt(session: Session): Session {
    this.#current = session;
    return session;
  }

  /** What the store holds, if it is the same user's and later than ours. */
  async #laterInStore(than: Session): Promise<Session | undefined> {
    const stored = await this.#loadStored();
    if (stored === undefined || stored.expiresAtMs <= than.expiresAtMs) return undefined;
    return than.userId === "" || stored.userId === than.userId ? stored : undefined;
  }

  async #loadStored(): Promise<Session | undefined> {
    let stored: unknown;
    try {
      stored = await this.#options.store?.load();
    } catch (cause) {
      throw new SessionStoreError("The session store could not be read.", { cause });
    }
    if (stored === undefined || stored === null) return undefined;
    if (v.is(sessionSchema, stored)) return stored;
    throw new SessionStoreError("The session store holds something that is no session.");
  }

  #throwStoreError(): void {
    const error = this.#storeError;
    this.#storeError = undefined;
    if (error !== undefined) throw error;
  }
}

const sessionSchema: v.GenericSchema<Session> = v.looseObject({
  accessToken: v.string(),
  refreshToken: v.optional(v.string()),
  expiresAtMs: v.number(),
  userId: v.string(),
});

function isFresh(session: Session): boolean {
  return session.expiresAtMs > Date.now() + BLOCKING_MS;
}

function isRefusal(error: unknown): error is APIError {
  return (
    APIError.is(error) && error.status >= 400 && error.status < 500 && error.status !== 429 && error.status !== 408
  );
}
