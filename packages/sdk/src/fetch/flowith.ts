import { FlowithClient, InvalidArgumentError } from "@flowith-webapi/core";
import type { RowsClient } from "@flowith-webapi/supabase";
import { generateMany, type ManyInput, type ManyOptions, type ManyResult } from "../shared/generate-many.ts";
import { type FlowithOptions, withSupabase } from "../shared/own-supabase.ts";
import { fetchPlatform } from "./platform.ts";

/**
 * The client for any runtime with `fetch`.
 * @example
 * const flowith = new Flowith({ token, refreshToken });
 * const { text } = await flowith.generate("Name a city in Poland.");
 */
export class Flowith extends FlowithClient {
  readonly #rows: () => RowsClient;

  /** @throws InvalidArgumentError for an option that is unknown or of the wrong type */
  constructor(options: FlowithOptions = {}) {
    const own = withSupabase(options, fetchPlatform);
    super(own.options, own.platform);
    this.#rows = own.rows;
  }

  /**
   * The supabase-js client for tables and RPC, signed in as this client is: for what has no verb here. Its `auth` cannot
   * be used; see `flowith.auth`.
   * @example
   * const { data } = await flowith.supabase().from("public_notice").select("*");
   */
  supabase(): RowsClient {
    return this.#rows();
  }

  /**
   * Generates many texts: an async iterable of results as they end, in which one failure never ends the rest.
   * @throws InvalidArgumentError when it is iterated with wrong options
   * @example
   * for await (const result of flowith.generateMany(["Name a city.", "Name a river."], { concurrency: 2 }))
   *   if (result.status === "fulfilled") console.log(result.input, result.output.text);
   */
  generateMany(
    inputs: Iterable<ManyInput> | AsyncIterable<ManyInput>,
    options: ManyOptions = {},
  ): AsyncGenerator<ManyResult, undefined> {
    return generateMany(this, inputs, options);
  }

  /**
   * Refused here, where there is no environment to read; it works in the Node entry.
   * @throws InvalidArgumentError
   * @example
   * const flowith = new Flowith({ token }); // in place of fromEnv()
   */
  static fromEnv(_options: FlowithOptions = {}): Flowith {
    throw new InvalidArgumentError(
      "fromEnv: there are no environment variables here. Pass the options to new Flowith().",
    );
  }
}
