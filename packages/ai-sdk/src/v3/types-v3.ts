/**
 * The face for ai 6, by what it gives and not by the types of a package: the `JSONValue` of `@ai-sdk/provider` 4, which is here,
 * is read-only, and that of 3, which ai 6 has, is not. What is written here is assignable to both.
 */
import type {
  ImageModelV3CallOptions,
  LanguageModelV3CallOptions,
  Experimental_VideoModelV3CallOptions as VideoModelV3CallOptions,
} from "@ai-sdk/provider";
import type { Json, JsonFields } from "../json.ts";

/** What a model of ai 6 tells of itself. */
interface ModelV3 {
  readonly specificationVersion: "v3";
  readonly provider: string;
  readonly modelId: string;
}

export type WarningV3 =
  | { type: "unsupported" | "compatibility"; feature: string; details?: string }
  | { type: "other"; message: string };

export type MetadataV3 = Record<string, JsonFields>;

export interface ToolCallV3 {
  type: "tool-call";
  toolCallId: string;
  toolName: string;
  input: string;
  providerMetadata?: MetadataV3;
}

/** Of the kinds of content that models here give. */
export type ContentV3 = { type: "text" | "reasoning"; text: string } | ToolCallV3;

interface FinishReasonV3 {
  unified: "stop" | "length" | "content-filter" | "tool-calls" | "error" | "other";
  raw: string | undefined;
}

interface UsageV3 {
  inputTokens: {
    total: number | undefined;
    noCache: number | undefined;
    cacheRead: number | undefined;
    cacheWrite: number | undefined;
  };
  outputTokens: { total: number | undefined; text: number | undefined; reasoning: number | undefined };
  raw?: JsonFields;
}

/** How a call ended. */
export interface FinishV3 {
  finishReason: FinishReasonV3;
  usage: UsageV3;
  providerMetadata: MetadataV3;
}

/** Of the kinds of parts that streams here have. */
export type StreamPartV3 =
  | { type: "stream-start"; warnings: WarningV3[] }
  | { type: "response-metadata"; id?: string; timestamp?: Date; modelId?: string }
  | { type: "text-start" | "text-end" | "reasoning-start" | "reasoning-end" | "tool-input-end"; id: string }
  | { type: "text-delta" | "reasoning-delta" | "tool-input-delta"; id: string; delta: string }
  | { type: "tool-input-start"; id: string; toolName: string }
  | ToolCallV3
  | ({ type: "finish" } & FinishV3)
  | { type: "raw"; rawValue: unknown }
  | { type: "error"; error: unknown };

/** A model for text, as ai 6 takes it. */
export interface FlowithLanguageModelV3 extends ModelV3 {
  readonly supportedUrls: Record<string, RegExp[]>;
  doGenerate(options: LanguageModelV3CallOptions): Promise<
    FinishV3 & {
      content: ContentV3[];
      response: { id?: string; timestamp?: Date; modelId?: string };
      warnings: WarningV3[];
    }
  >;
  doStream(options: LanguageModelV3CallOptions): Promise<{ stream: ReadableStream<StreamPartV3> }>;
}

interface MediaResultV3 {
  warnings: WarningV3[];
  response: { timestamp: Date; modelId: string; headers: Record<string, string> | undefined };
}

/** A model for pictures, as ai 6 takes it. */
export interface FlowithImageModelV3 extends ModelV3 {
  readonly maxImagesPerCall: number;
  doGenerate(
    options: ImageModelV3CallOptions,
  ): Promise<MediaResultV3 & { images: Uint8Array[]; providerMetadata: Record<string, { images: Json[] }> }>;
}

/** A model for clips, as ai 6 takes it. */
export interface FlowithVideoModelV3 extends ModelV3 {
  readonly maxVideosPerCall: number;
  doGenerate(options: VideoModelV3CallOptions): Promise<
    MediaResultV3 & {
      videos: { type: "binary"; data: Uint8Array; mediaType: string }[];
      providerMetadata: MetadataV3;
    }
  >;
}
