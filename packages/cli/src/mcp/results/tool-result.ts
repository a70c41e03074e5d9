import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/server";

/** Structured, as JSON for clients that show text alone, and what else there is to see. */
export function toolResult(structured: Record<string, unknown>, more: readonly ContentBlock[] = []): CallToolResult {
  return {
    structuredContent: structured,
    content: [{ type: "text", text: JSON.stringify(structured) }, ...more],
  };
}
