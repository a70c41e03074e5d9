import type { APIError } from "../errors/api-error.ts";
import type { AuthenticationError } from "../errors/authentication-error.ts";
import type { SessionStoreError } from "../errors/session-store-error.ts";
import { now } from "../timing/now.ts";
import { refreshedButNotSaved, refreshRefused } from "./session-errors.ts";

/** So long after a refresh beside its use has failed, it is not tried again. */
const RETRY_AFTER_MS = 30_000;

/** What is remembered of refreshes that failed, so that no call repeats one in vain, and none is lost on the caller. */
export class RefreshFailures {
  #refused: { refreshToken: string; error: AuthenticationError } | undefined;
  #unsaved: SessionStoreError | undefined;
  #retryAtMs = 0;

  /** @throws AuthenticationError the same as before, where this refresh token is of no use */
  throwIfRefused(refreshToken: string): void {
    if (this.#refused?.refreshToken === refreshToken) throw this.#refused.error;
  }

  refused(refreshToken: string, error: AuthenticationError): AuthenticationError {
    this.#refused = { refreshToken, error };
    return error;
  }

  refusedBy(cause: APIError, refreshToken: string): AuthenticationError {
    this.throwIfRefused(refreshToken);
    return this.refused(refreshToken, refreshRefused(cause));
  }

  /** Whether an error says that a refresh token is of no use. */
  isRefusal(error: unknown): error is AuthenticationError {
    return error !== undefined && error === this.#refused?.error;
  }

  /** Whether the server itself has said so. */
  isServersRefusal(error: unknown): boolean {
    return this.isRefusal(error) && error.cause !== undefined;
  }

  /** The session was refreshed, and its store could not save it. */
  unsaved(cause: unknown): SessionStoreError {
    this.#unsaved = refreshedButNotSaved(cause);
    return this.#unsaved;
  }

  /** Hands that over, once. */
  takeUnsaved(): SessionStoreError | undefined {
    const error = this.#unsaved;
    this.#unsaved = undefined;
    return error;
  }

  early(): void {
    this.#retryAtMs = now() + RETRY_AFTER_MS;
  }

  get isTooEarly(): boolean {
    return now() < this.#retryAtMs;
  }
}
