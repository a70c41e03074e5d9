/** A signed-in user's tokens. */
export interface Session {
  accessToken: string;
  /** Single use: each refresh brings a new one. */
  refreshToken?: string | undefined;
  /** ms since 1970. */
  expiresAtMs: number;
  userId: string;
}

/** Where a session lives between runs. Its failures are surfaced as `SessionStoreError`. */
export interface SessionStore {
  load(): Promise<Session | null>;
  save(session: Session): Promise<void>;
  clear(): Promise<void>;
}
