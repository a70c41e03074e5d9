import type { Settings } from "./settings.ts";

/** A private P-256 key as a JSON Web Key: what `exportJWK` of jose and `crypto.subtle.exportKey` give. */
export interface SigningJwk {
  kty?: string;
  crv?: string;
  x?: string;
  y?: string;
  d?: string;
  kid?: string;
  alg?: string;
  use?: string;
  key_ops?: string[];
  ext?: boolean;
}

/** How the emulated service is set up, and how fast it is. */
export interface EmulatorOptions extends Partial<Settings> {
  /**
   * A folder that keeps rows, users, sessions, files and the signing key over a restart. Made when it is not there; one
   * process at a time. Default: all is in memory.
   */
  dataDir?: string;
  /** SQL that is served in place of Flowith's tables. The edge API is there when it has those, too. */
  schema?: string;
  /**
   * Whether alice and bob and their conversations are there. Default true; never on a host that is not loopback.
   * With SQL, the users are there and these rows in place of their conversations. `reset` loads it anew.
   */
  seed?: boolean | string;
  /** A private P-256 key with `kid`, so that others can sign tokens too. Default: a new one, or that of the data folder. */
  signingKey?: SigningJwk;
  /** The publishable key that `/rest/v1` and `/auth/v1` ask for. Default: that of the Flowith web app. */
  supabaseKey?: string;
  /** Lifetime of access tokens. Default 3600. */
  tokenLifetimeSeconds?: number;
  /**
   * Where a sign-in by redirect may lead back to, as globs. The site itself, `https://flowith.io`, and loopback addresses
   * that are numbers always may, as at the real service. Default: `https://flowith.io/**`, and `localhost` on any port.
   */
  allowedRedirects?: readonly string[];
  /** Told of what fails inside the emulator, which is always a bug. Default: a process warning. */
  onError?: (error: unknown) => void;
}

/** Where the emulator listens. */
export interface ListenOptions {
  /** Default 0: any free port, or that of the last time if there is a data folder. */
  port?: number;
  /** Default `127.0.0.1`. On another address there are no well-known users, and the controls ask for `controlKey`. */
  host?: string;
  /** Has to come with every request to `/__emulator`, as header `x-emulator-key`. Default: none on loopback, a random one elsewhere. */
  controlKey?: string;
  /**
   * Origins whose pages may use `/__emulator` and see the page, such as `https://app.test:8443`; their hosts may be this
   * emulator's own name, too. Default: only those of this machine (`localhost`, `127.0.0.1`, `[::1]`), on any port.
   * Without meaning where there is a `controlKey`.
   */
  controlOrigins?: readonly string[];
}

/** The publishable key of the Flowith web app: it names the app and grants nothing. */
export const defaultSupabaseKey = "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr";
