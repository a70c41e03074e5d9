import type { PortCalls } from "../http/port-calls.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import type { ContentPort } from "../rows/ports.ts";
import { key, nullishText } from "../wire/fields.ts";
import { parseRecords, type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";

/** News of the service. */
export interface PublicNotice {
  noticeId: string;
  title: string | null | undefined;
  content: string | null | undefined;
  raw: RawRecord;
}

/** A folder of conversations. */
export interface FlowProject {
  projectId: string;
  title: string | null | undefined;
  updatedAt: string | null | undefined;
  raw: RawRecord;
}

/** The version of the service's database. */
export interface MigrationInfo {
  version: string;
  raw: RawRecord;
}

const readNotice: RecordReader<PublicNotice> = recordReader({
  noticeId: ["id", key],
  title: ["title", nullishText],
  content: ["content", nullishText],
});

const readProject: RecordReader<FlowProject> = recordReader({
  projectId: ["id", key],
  title: ["title", nullishText],
  updatedAt: ["updated_at", nullishText],
});

const readMigration: RecordReader<MigrationInfo> = recordReader({
  version: ["version", key],
});

/** What the service publishes, and the user's projects. */
export class Content {
  readonly #port: ContentPort;
  readonly #calls: PortCalls;

  constructor(port: ContentPort, calls: PortCalls) {
    this.#port = port;
    this.#calls = calls;
  }

  /**
   * News of the service.
   * @example
   * const [notice] = await flowith.content.notices();
   */
  async notices(options: CallOptions = {}): Promise<PublicNotice[]> {
    checkCall("content.notices", options);
    const answer = await this.#calls.run(options, (call) => this.#port.notices(call));
    return parseRecords(readNotice, answer, "GET /rest/v1/public_notice");
  }

  /**
   * The user's projects, the one that changed last in front.
   * @example
   * const [project] = await flowith.content.projects();
   * const conversations = await flowith.conversations.list({ projectId: project?.projectId });
   */
  async projects(options: CallOptions = {}): Promise<FlowProject[]> {
    checkCall("content.projects", options);
    const answer = await this.#calls.run(options, (call) => this.#port.projects(call));
    return parseRecords(readProject, answer, "GET /rest/v1/flow_project");
  }

  /**
   * The version of the service's database, or undefined where it does not say.
   * @example
   * const version = (await flowith.content.migration())?.version;
   */
  async migration(options: CallOptions = {}): Promise<MigrationInfo | undefined> {
    checkCall("content.migration", options);
    const answer = await this.#calls.run(options, (call) => this.#port.migration(call));
    return parseRecords(readMigration, answer, "GET /rest/v1/migration")[0];
  }
}
