import type { SharedV4Warning } from "@ai-sdk/provider";

/** A warning for each of these settings that is set. The AI SDK prints them, and gives them out as `result.warnings`. */
export function unsupported(settings: Record<string, unknown>, details?: string): SharedV4Warning[] {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([feature]) => ({ type: "unsupported", feature, ...(details === undefined ? {} : { details }) }));
}
