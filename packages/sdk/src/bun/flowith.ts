import { withEnv } from "../shared/env.ts";
import type { FlowithOptions } from "../shared/own-supabase.ts";
import { RuntimeClient } from "../shared/runtime-client.ts";
import { bunPlatform } from "./platform.ts";

/**
 * The client for Bun: paths for uploads and `save`.
 * @example
 * const flowith = new Flowith({ token, refreshToken });
 * const { text } = await flowith.generate("Name a city in Poland.");
 */
export class Flowith extends RuntimeClient {
  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithOptions = {}) {
    super(options, bunPlatform);
  }

  /**
   * Reads `FLOWITH_TOKEN`, `_REFRESH_TOKEN`, `_USER_ID`, `_EDGE_URL`, `_SUPABASE_URL` and `_SUPABASE_KEY`; what is
   * passed goes before.
   * @example
   * const flowith = Flowith.fromEnv({ store: fileSessionStore("./.flowith/session.json") });
   */
  static fromEnv(options: FlowithOptions = {}): Flowith {
    return make(withEnv((name) => process.env[name], options));
  }
}

// Outside of the class: the bundler renames one that names itself, and it would print as `_Flowith`.
function make(options: FlowithOptions): Flowith {
  return new Flowith(options);
}
