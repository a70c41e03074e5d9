import { usageError } from "../cli-error.ts";
import type { InputRecord } from "./input-record.ts";

/**
 * An object or a string a line; blank lines count, and are left out.
 * @throws CliError for what is JSON, but not by lines
 */
export function readJsonl(text: string): InputRecord[] {
  if (isWholeDocument(text)) {
    throw usageError("The input is one JSON document, and not one a line.", "jq -c '.[]' makes lines of a list.");
  }
  return text.split(/\r\n|\n|\r/).flatMap((content, index) => {
    const line = index + 1;
    return content.trim() === "" ? [] : [{ line, ...readLine(content) }];
  });
}

function readLine(content: string): { fields: Record<string, unknown> } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return { problem: `no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof value === "string") return { fields: { prompt: value } };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: "neither an object nor a string" };
  }
  return { fields: { ...value } };
}

/** A list, or an object that is spread over several lines. */
function isWholeDocument(text: string): boolean {
  const isSpread = /^\s*[[{]\s*[\r\n]/.test(text);
  if (!isSpread && !/^\s*\[/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
