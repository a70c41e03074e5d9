import { type Message, textOf } from "./message.ts";

/** Says something about a prompt, or nothing when it is not about that. */
type Rule = (prompt: string, history: readonly Message[]) => string | undefined;

const capitals: Readonly<Record<string, string>> = {
  austria: "Vienna",
  france: "Paris",
  germany: "Berlin",
  italy: "Rome",
  japan: "Tokyo",
  kenya: "Nairobi",
  poland: "Warsaw",
  portugal: "Lisbon",
  spain: "Madrid",
  "the united kingdom": "London",
  "the united states": "Washington, D.C.",
  ukraine: "Kyiv",
};

const haiku = "Water finds its way,\nword by word the answer comes:\nnothing lost, all told.";

const capital: Rule = (prompt) => {
  const country = prompt.match(/capital of ([\p{L} ]+)/iu)?.[1]?.trim();
  if (country === undefined) return undefined;
  const city = capitals[country.toLowerCase()];
  return city === undefined ? undefined : `The capital of ${country} is ${city}.`;
};

/** Knows a name only from the messages that were sent along: that is how a test sees whether they were. */
const name: Rule = (prompt, history) => {
  if (/what(?:'s| is) my name/i.test(prompt)) {
    const said = history
      .filter(({ role }) => role !== "assistant")
      .flatMap((message) => textOf(message).match(/my name is ([\p{L}\p{N}'-]+)/iu)?.[1] ?? []);
    const last = said.at(-1);
    return last === undefined ? "I don't know your name: you have not told me." : `Your name is ${last}.`;
  }
  const told = prompt.match(/my name is ([\p{L}\p{N}'-]+)/iu)?.[1];
  return told === undefined ? undefined : `Nice to meet you, ${told}.`;
};

const instructions: Rule = (prompt, history) => {
  if (!/what are your instructions/i.test(prompt)) return undefined;
  const system = history.filter(({ role }) => role === "system").map(textOf);
  return system.length === 0 ? "I have no instructions." : `My instructions are: ${system.join(" ")}`;
};

const messageCount: Rule = (prompt, history) =>
  /how many messages/i.test(prompt) ? `I was sent ${history.length + 1} messages.` : undefined;

const repeat: Rule = (prompt) => prompt.match(/^(?:say|repeat)(?: exactly)?:\s*(.+)$/is)?.[1];

const poem: Rule = (prompt) => (/haiku/i.test(prompt) ? haiku : undefined);

const manyWords: Rule = (prompt) => {
  const count = Number(prompt.match(/write (\d{1,6}) words/i)?.[1] ?? Number.NaN);
  if (Number.isNaN(count)) return undefined;
  return Array.from({ length: count }, (_, index) => `word${index + 1}`).join(" ");
};

const rules: readonly Rule[] = [repeat, capital, name, instructions, messageCount, poem, manyWords];

/** What the model answers; without a rule for it, the prompt comes back. */
export function answerByRule(prompt: string, history: readonly Message[]): string {
  for (const rule of rules) {
    const answer = rule(prompt, history);
    if (answer !== undefined) return answer;
  }
  const words = prompt.split(/\s+/).slice(0, 40).join(" ");
  return words === "" ? "You sent an empty message." : `You said: "${words}". That is all I know about it.`;
}
