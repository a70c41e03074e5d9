import { jsonNesting, maxJsonNesting } from "../../http/nesting.ts";

/**
 * How deep groups of conditions, embeds and paths into JSON may go. PostgREST sets no limit of its own, but Postgres and
 * this parser both recurse, and have less of a stack here than theirs.
 */
export const maxDepth = 100;

/** How deep parentheses nest, those in quotes too: a quote may be an ordinary character of a value. */
function parentheses(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** @returns what is wrong with the value of `select` or of a logical operator */
export function tooDeep(text: string): string | undefined {
  return parentheses(text) > maxDepth ? `nested deeper than ${maxDepth} levels` : undefined;
}

/** @returns what is wrong with a value that may be JSON */
export function tooDeepJson(text: string): string | undefined {
  return jsonNesting(text) > maxJsonNesting ? `JSON nested deeper than ${maxJsonNesting} levels` : undefined;
}
