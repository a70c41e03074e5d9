import { FlowithClient, type Platform } from "@flowith-webapi/core";
import type { RowsClient } from "@flowith-webapi/supabase";
import { generateMany, type ManyInput, type ManyOptions, type ManyResult } from "./generate-many.ts";
import { type FlowithOptions, withSupabase } from "./own-supabase.ts";

/** What the `Flowith` of every entry has beyond core's client. */
export class RuntimeClient extends FlowithClient {
  readonly #rows: () => RowsClient;

  constructor(options: FlowithOptions, platform: Platform) {
    const own = withSupabase(options, platform);
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
}
