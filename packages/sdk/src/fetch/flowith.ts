import { FlowithClient, type FlowithClientOptions, InvalidArgumentError } from "@flowith-webapi/core";
import { fetchPlatform } from "./platform.ts";

/** The client for any runtime with `fetch`. */
export class Flowith extends FlowithClient {
  constructor(options: FlowithClientOptions = {}) {
    super(options, fetchPlatform);
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
