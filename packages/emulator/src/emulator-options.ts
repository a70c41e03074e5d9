import type { Settings } from "./settings.ts";

export interface EmulatorOptions extends Partial<Settings> {
  /** Whether alice and bob and their conversations are there. Default true; never on a host that is not loopback. */
  seed?: boolean;
  /** The publishable key that `/rest/v1` and `/auth/v1` ask for. Default: that of the Flowith web app. */
  supabaseKey?: string;
  /** Lifetime of access tokens. Default 3600. */
  tokenLifetimeSeconds?: number;
  /** Told of what fails inside the emulator, which is always a bug. Default: a process warning. */
  onError?: (error: unknown) => void;
}

export interface ListenOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. On another address there are no well-known users, and the controls ask for `controlKey`. */
  host?: string;
  /** Has to come with every request to `/__emulator`, as header `x-emulator-key`. Default: none on loopback, a random one elsewhere. */
  controlKey?: string;
}

export const defaultSupabaseKey = "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr";
