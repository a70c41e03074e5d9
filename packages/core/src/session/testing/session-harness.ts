import { vi } from "vitest";
import { APIError } from "../../errors/api-error.ts";
import { leveledLogger } from "../../options/logger.ts";
import type { SessionChange } from "../session-changes.ts";
import { SessionManager } from "../session-manager.ts";
import type { SessionManagerOptions } from "../session-manager-options.ts";
import type { Session, SessionStore } from "../session-store.ts";

export const MINUTE = 60_000;

export function useFakeClocks(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"], now: 1_800_000_000_000 });
}

export const base64url = (value: object): string => btoa(JSON.stringify(value)).replace(/=+$/, "");

/** Distinct by its refresh token, as the server's are. */
export function session(refreshToken: string, lifeMs: number, userId = "alice"): Session {
  const expiresAtMs = Date.now() + lifeMs;
  const claims = base64url({ sub: userId, exp: expiresAtMs / 1000, for: refreshToken });
  return { accessToken: `${base64url({})}.${claims}.sign`, refreshToken, expiresAtMs, userId };
}

export const refusal = (): APIError => new APIError("refused", { status: 400, headers: new Headers(), body: {} });

export function memoryStore(initial: Session | null = null): SessionStore & { held: Session | null; loads: number } {
  return {
    held: initial,
    loads: 0,
    async load() {
      this.loads++;
      return this.held;
    },
    async save(next) {
      this.held = next;
    },
    async clear() {
      this.held = null;
    },
  };
}

export interface Managed {
  made: SessionManager;
  /** The refresh tokens that were sent, in order. */
  spent: string[];
  changes: SessionChange["type"][];
}

/** A client's session at an auth server where each refresh token gives its successor, `a` → `a+`, for an hour. */
export function manager(given: Session | undefined, options: Partial<SessionManagerOptions> = {}): Managed {
  const spent: string[] = [];
  const changes: SessionChange["type"][] = [];
  const made = new SessionManager({
    token: given?.accessToken,
    refreshToken: given?.refreshToken,
    refreshesInBackground: true,
    sharesPromises: true,
    logger: leveledLogger(),
    ...options,
    refresh: async (refreshToken, call) => {
      spent.push(refreshToken);
      return options.refresh?.(refreshToken, call) ?? session(`${refreshToken}+`, 60 * MINUTE);
    },
  });
  made.changes.add(({ type }) => changes.push(type));
  return { made, spent, changes };
}

export const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
