import { FlowithClient, type FlowithClientOptions, InvalidArgumentError } from "@flowith-webapi/core";
import { generateMany, type ManyInput, type ManyOptions, type ManyResult } from "../shared/generate-many.ts";
import { fetchPlatform } from "./platform.ts";

/** The client for any runtime with `fetch`. */
export class Flowith extends FlowithClient {
  constructor(options: FlowithClientOptions = {}) {
    super(options, fetchPlatform);
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
   * Refused here, where there is no environment to read; it works in the Node entry.
   * @throws InvalidArgumentError
   */
  static fromEnv(_options: FlowithClientOptions = {}): Flowith {
    throw new InvalidArgumentError(
      "fromEnv: there are no environment variables here. Pass the options to new Flowith().",
    );
  }
}
