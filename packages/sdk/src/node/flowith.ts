import { defined, FlowithClient, type FlowithClientOptions } from "@flowith-webapi/core";
import { optionsFromEnv } from "./env.ts";
import { nodePlatform } from "./platform.ts";

/** The client for Node: paths for uploads and `save`. */
export class Flowith extends FlowithClient {
  constructor(options: FlowithClientOptions = {}) {
    super(options, nodePlatform);
  }

  /**
   * Reads `FLOWITH_TOKEN`, `_REFRESH_TOKEN`, `_USER_ID`, `_EDGE_URL`, `_SUPABASE_URL` and `_SUPABASE_KEY`; what is
   * passed goes before.
   */
  static fromEnv(options: FlowithClientOptions = {}): Flowith {
    return new Flowith({ ...optionsFromEnv(process.env), ...defined(options) });
  }
}
