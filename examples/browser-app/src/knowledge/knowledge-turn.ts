import type { KnowledgeSource } from "flowith-webapi/developer";

/** A question to knowledge bases, and its answer as far as it is written. */
export interface KnowledgeTurn {
  key: string;
  question: string;
  /** What is looked for just now. */
  searching: string | undefined;
  text: string;
  sources: readonly KnowledgeSource[];
  isLive: boolean;
  problem?: unknown;
}
