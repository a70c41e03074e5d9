export interface ReferenceText {
  text: string;
  reasoning: string;
  hasTags: boolean;
}

const THOUGHT = /<think>([\s\S]*?)(?:<\/think>\s*|$)/gi;

/** What a whole answer is to be shown as (api, Text): the plainest way to say it, without any streaming. */
export function referenceText(whole: string): ReferenceText {
  const thoughts = [...whole.matchAll(THOUGHT)].map(([, thought]) => thought ?? "");
  return { text: whole.replace(THOUGHT, ""), reasoning: thoughts.join(""), hasTags: thoughts.length > 0 };
}
