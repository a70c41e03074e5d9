import { APIError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { Logger } from "../logger.ts";
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

  /** A token that is valid now. @throws AuthenticationError where none can be had; never resolves to nothing */
  async accessToken(signal?: AbortSignal): Promise<string> {
    const session = await withSignal(this.#load(), signal);
    this.#throwStoreError();
    const leftMs = session.expiresAtMs - Date.now();
    if (leftMs > BACKGROUND_MS) return session.accessToken;
    if (session.refreshToken === undefined && this.#options.store === undefined) {
      if (leftMs > 0) return session.accessToken;
      throw new AuthenticationError(
        `The token expired at ${new Date(session.expiresAtMs).toISOString()} and there is no refresh token. Pass refreshToken or sign in again.`,
      );
    }
    if (leftMs > BLOCKING_MS) {
      this.#refreshInBackground();
      return session.accessToken;
    }
    try {
      return (await withSignal(this.#refresh(session), signal)).accessToken;
    } catch (error) {
      // An early refresh that fails costs nothing as long as the present token still serves.
      if (leftMs > 0 && !signal?.aborted && !SessionStoreError.is(error)) return session.accessToken;
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
    if (userId === "") throw new AuthenticationError("The token names no user (no sub claim). Pass userId.");
    return userId;
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
    const { token, refreshToken, userId } = this.#options;
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
      if (SessionStoreError.is(error)) this.#storeError = error;
      this.#options.logger.warn("session: refresh in the background failed", { error });
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
    const rotated = await this.#newerFromStore(stale);
    if (rotated !== undefined) return this.#adopt(rotated);
    const { refreshToken } = stale;
    if (refreshToken === undefined) {
      throw new AuthenticationError(
        "The token was refused or has expired and there is no refresh token. Pass refreshToken or sign in again.",
      );
    }
    if (this.#refused?.refreshToken === refreshToken) throw this.#refused.error;
    let session: Session;
    try {
      session = await this.#options.refresh(refreshToken);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Another tab or process may have rotated the token between our read of the store and our request.
      const winner = await this.#newerFromStore(stale);
      if (winner !== undefined) return this.#adopt(winner);
      throw this.#rememberRefusal(refreshToken, error);
    }
    try {
      // Saved before it is used: a crash in between must not leave the store with a spent refresh token.
      await this.#options.store?.save(session);
    } catch (cause) {
      this.#adopt(session);
      throw new SessionStoreError(
        "The session was refreshed, but its store could not save it: the old refresh token is spent, so a restart would be signed out.",
        { cause },
      );
    }
    return this.#adopt(session);
  }

  #rememberRefusal(refreshToken: string, cause: APIError): AuthenticationError {
    const error = new AuthenticationError(
      "The session could not be refreshed: the refresh token was refused. Sign in again.",
      {
        status: cause.status,
        headers: cause.headers,
        body: cause.body,
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

  async #newerFromStore(than: Session): Promise<Session | undefined> {
    const stored = await this.#loadStored();
    if (stored === undefined || stored.accessToken === than.accessToken) return undefined;
    return stored.expiresAtMs > Date.now() + BLOCKING_MS ? stored : undefined;
  }

  async #loadStored(): Promise<Session | undefined> {
    try {
      return (await this.#options.store?.load()) ?? undefined;
    } catch (cause) {
      throw new SessionStoreError("The session store could not be read.", { cause });
    }
  }

  #throwStoreError(): void {
    const error = this.#storeError;
    this.#storeError = undefined;
    if (error !== undefined) throw error;
  }
}

function isRefusal(error: unknown): error is APIError {
  return (
    APIError.is(error) && error.status >= 400 && error.status < 500 && error.status !== 429 && error.status !== 408
  );
}
