import { defined, FlowithClient, type FlowithClientOptions } from "@flowith-webapi/core";
import { generateMany, type ManyInput, type ManyOptions, type ManyResult } from "../shared/generate-many.ts";
import { optionsFromEnv } from "./env.ts";
import { nodePlatform } from "./platform.ts";

/** The client for Node: paths for uploads and `save`. */
export class Flowith extends FlowithClient {
  constructor(options: FlowithClientOptions = {}) {
    super(options, nodePlatform);
  }

  /**
   * Generates many texts: an async iterable of results as they end, in which one failure never ends the rest.
   * @throws InvalidArgumentError when it is iterated with wrong options
   */
  generateMany(
    inputs: Iterable<ManyInput> | AsyncIterable<ManyInput>,
    options: ManyOptions = {},
  ): AsyncGenerator<ManyResult, undefined> {
    return generateMany(this, inputs, options);
  }

  /**
   * Reads `FLOWITH_TOKEN`, `_REFRESH_TOKEN`, `_USER_ID`, `_EDGE_URL`, `_SUPABASE_URL` and `_SUPABASE_KEY`; what is
   * passed goes before.
   */
  static fromEnv(options: FlowithClientOptions = {}): Flowith {
    return new Flowith({ ...optionsFromEnv(process.env), ...defined(options) });
  }
}
