import type { FlowithOptions } from "../shared/own-supabase.ts";
import { RuntimeClient } from "../shared/runtime-client.ts";
import { noEnvironment } from "../shared/without-disk.ts";
import { fetchPlatform } from "./platform.ts";

/**
 * The client for any runtime with `fetch`.
 * @example
 * const flowith = new Flowith({ token, refreshToken });
 * const { text } = await flowith.generate("Name a city in Poland.");
 */
export class Flowith extends RuntimeClient {
  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithOptions = {}) {
    super(options, fetchPlatform);
  }

  /**
   * Refused here, where there is no environment to read; it works in Node, Deno and Bun.
   * @throws InvalidArgumentError
   * @example
   * const flowith = new Flowith({ token }); // in place of fromEnv()
   */
  static fromEnv(_options: FlowithOptions = {}): Flowith {
    throw noEnvironment();
  }
}
