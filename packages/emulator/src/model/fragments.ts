import { createRandom, hashOf } from "../random.ts";

/** Puts the reasoning before the text, the way models send it inline. */
export function withReasoning(text: string, reasoning: string | undefined): string {
  return reasoning === undefined || reasoning === "" ? text : `<think>\n${reasoning}\n</think>\n\n${text}`;
}

/** Words with the space after them; a tag is broken at a place that only the text decides. */
function pieces(text: string, random: () => number): string[] {
  const words = text.match(/\s*\S+\s?|\s+$/g) ?? [];
  return words.flatMap((word) => {
    const tag = word.match(/<\/?think>/i)?.[0];
    if (tag === undefined) return [word];
    const at = word.indexOf(tag) + 1 + Math.floor(random() * (tag.length - 1));
    return [word.slice(0, at), word.slice(at)].filter((piece) => piece !== "");
  });
}

/** Splits a text as a model streams it: each inner list is one event, most with one fragment, some with up to three. */
export function fragmentsOf(text: string): string[][] {
  const random = createRandom(hashOf(text));
  const events: string[][] = [];
  const all = pieces(text, random);
  for (let at = 0; at < all.length; ) {
    const roll = random();
    const count = roll < 0.7 ? 1 : roll < 0.9 ? 2 : 3;
    events.push(all.slice(at, at + count));
    at += count;
  }
  return events;
}
