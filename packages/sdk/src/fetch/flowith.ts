import { FlowithClient, type FlowithClientOptions } from "@flowith-webapi/core";
import { fetchPlatform } from "./platform.ts";

/** The client for any runtime with `fetch`. */
export class Flowith extends FlowithClient {
  constructor(options: FlowithClientOptions = {}) {
    super(options, fetchPlatform);
  }
}
