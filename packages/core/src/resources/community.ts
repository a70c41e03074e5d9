import * as v from "valibot";
import type { EdgeClient } from "../http/edge-client.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import { parseAnswer } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { edgeRecord } from "./edge-record.ts";

const inviteSchema: v.GenericSchema<unknown, { link: string }> = v.looseObject({ link: v.string() });

/** The places around the service. */
export class Community {
  readonly #edge: EdgeClient;

  constructor(edge: EdgeClient) {
    this.#edge = edge;
  }

  /**
   * A link into the Discord server.
   * @throws ResponseShapeError when the service gives none
   * @example
   * const link = await flowith.community.discordInvite();
   */
  async discordInvite(options: CallOptions = {}): Promise<string> {
    checkCall("community.discordInvite", options);
    const path = "/discord/invite-link";
    return parseAnswer(inviteSchema, await this.#edge.json("GET", path, options), `GET ${path}`).link;
  }

  /**
   * The state of the changelog (Featurebase).
   * @example
   * const state = await flowith.community.changelogStatus();
   */
  async changelogStatus(options: CallOptions = {}): Promise<RawRecord> {
    checkCall("community.changelogStatus", options);
    return edgeRecord(this.#edge, "GET", "/featurebase/status", options);
  }

  /**
   * Whether the user may use the new version.
   * @example
   * const access = await flowith.community.newVersionAccess();
   */
  async newVersionAccess(options: CallOptions = {}): Promise<RawRecord> {
    checkCall("community.newVersionAccess", options);
    return edgeRecord(this.#edge, "GET", "/invitation/access-new-version", options);
  }

  /**
   * The user's place in an enterprise.
   * @example
   * const dashboard = await flowith.community.enterpriseDashboard();
   */
  async enterpriseDashboard(options: CallOptions = {}): Promise<RawRecord> {
    checkCall("community.enterpriseDashboard", options);
    return edgeRecord(this.#edge, "GET", "/enterprise/dashboard/me", options);
  }
}
