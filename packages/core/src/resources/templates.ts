import * as v from "valibot";
import type { EdgeClient } from "../http/edge-client.ts";
import { filledText, positiveCount } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall } from "../options/options-check.ts";
import { key, nullishText } from "../wire/fields.ts";
import { isRecord } from "../wire/parse.ts";
import { parseRecords, type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";

/** A prompt to start from. */
export interface TemplateRecord {
  templateId: string;
  name: string | null | undefined;
  category: string | null | undefined;
  /** `text`, `image`, `video`, … */
  templateType: string | null | undefined;
  prompt: string | null | undefined;
  model: string | null | undefined;
  coverUrl: string | null | undefined;
  raw: RawRecord;
}

/** Which templates to give. */
export interface TemplateListOptions extends CallOptions {
  /** Default: all of them. */
  type?: string | undefined;
  /** Default 1000. */
  pageSize?: number | undefined;
}

const readTemplate: RecordReader<TemplateRecord> = recordReader({
  templateId: ["id", key],
  name: ["name", nullishText],
  category: ["category", nullishText],
  templateType: ["type", nullishText],
  prompt: ["prompt", nullishText],
  model: ["model", nullishText],
  coverUrl: ["cover_url", nullishText],
});

/** Prompts to start from. */
export class Templates {
  readonly #edge: EdgeClient;

  constructor(edge: EdgeClient) {
    this.#edge = edge;
  }

  /**
   * The templates that the service offers.
   * @throws InvalidArgumentError
   * @example
   * const pictures = await flowith.templates.list({ type: "image" });
   */
  async list(options: TemplateListOptions = {}): Promise<TemplateRecord[]> {
    checkCall("templates.list", options, {
      type: v.optional(filledText),
      pageSize: v.optional(positiveCount),
    });
    const { type, pageSize = 1_000, ...call } = options;
    const query = { page_size: String(pageSize), type };
    const answer = await this.#edge.json("GET", "/templates", { ...call, query });
    return parseRecords(readTemplate, isRecord(answer) && "data" in answer ? answer.data : answer, "GET /templates");
  }
}
