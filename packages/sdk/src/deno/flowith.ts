import { withEnv } from "../shared/env.ts";
import type { FlowithOptions } from "../shared/own-supabase.ts";
import { RuntimeClient } from "../shared/runtime-client.ts";
import { denoPlatform } from "./platform.ts";
import { readEnv } from "./read-env.ts";

/**
 * The client for Deno: paths for uploads and `save`, with the permissions for those paths alone.
 * @example
 * const flowith = new Flowith({ token, refreshToken });
 * const { text } = await flowith.generate("Name a city in Poland.");
 */
export class Flowith extends RuntimeClient {
  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithOptions = {}) {
    super(options, denoPlatform);
  }

  /**
   * Reads `FLOWITH_TOKEN`, `_REFRESH_TOKEN`, `_USER_ID`, `_EDGE_URL`, `_SUPABASE_URL` and `_SUPABASE_KEY`; what is
   * passed goes before. Needs the permission for these six names alone.
   * @throws InvalidArgumentError where that is missing
   * @example
   * const flowith = Flowith.fromEnv({ store: fileSessionStore("./.flowith/session.json") });
   */
  static fromEnv(options: FlowithOptions = {}): Flowith {
    return make(withEnv(readEnv, options));
  }
}

// Outside of the class: the bundler renames one that names itself, and it would print as `_Flowith`.
function make(options: FlowithOptions): Flowith {
  return new Flowith(options);
}
