/** A signed-in user's tokens. */
export interface Session {
  accessToken: string;
  /** Single use: each refresh brings a new one. */
  refreshToken?: string | undefined;
  /** ms since 1970, by the auth server's clock. */
  expiresAtMs: number;
  userId: string;
  /**
   * How far this machine's date was ahead of the auth server's when the session came, in ms; absent counts as 0. To be
   * stored with it: without, a date that is an hour ahead makes each start refresh a good session.
   */
  clockSkewMs?: number | undefined;
}

/** Where a session lives between runs. Its failures are surfaced as `SessionStoreError`. */
export interface SessionStore {
  load(): Promise<Session | null>;
  save(session: Session): Promise<void>;
  clear(): Promise<void>;
  /**
   * Calls back when another tab or process may have changed what is stored. Used for as long as `auth.onChange` has
   * listeners; without it, such a change is seen by the next call.
   * @returns what ends it
   */
  subscribe?(listener: () => void): () => void;
}
