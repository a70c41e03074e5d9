import { checked } from "../option-error.ts";
import { expressionOf, type ScriptedAnswer, type ScriptedReply, scriptSchema } from "./scripted-reply.ts";

/** A message as scripts see it. */
export interface ScriptTurn {
  role: "user" | "assistant" | "system" | "tool";
  text: string;
}

export interface Script {
  /** @throws EmulatorOptionError */
  add(reply: ScriptedReply): void;
  clear(): void;
  /** The newest answer for what was said so far; counts as one use. */
  take(turns: readonly ScriptTurn[], isUser: (user: string) => boolean): ScriptedAnswer | undefined;
}

export function createScript(): Script {
  const entries: { reply: ScriptedReply; left: number }[] = [];
  return {
    add: (reply) => {
      checked("model.add", scriptSchema, reply);
      entries.unshift({ reply, left: reply.count ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      entries.length = 0;
    },
    take(turns, isUser) {
      for (const entry of entries) {
        const { reply, left } = entry;
        if (left === 0 || (reply.user !== undefined && !isUser(reply.user))) continue;
        const answer = answerTo(turns, reply);
        if (answer === undefined) continue;
        entry.left -= 1;
        return answer;
      }
      return undefined;
    },
  };
}

function answerTo(turns: readonly ScriptTurn[], { steps, ...reply }: ScriptedReply): ScriptedAnswer | undefined {
  const last = turns.at(-1);
  if (last === undefined) return undefined;
  if (steps === undefined) {
    const asksAgain = last.role === "tool" && reply.toolCalls !== undefined;
    return !asksAgain && matches(reply.match, last.text) ? reply : undefined;
  }
  const step = steps[stepOf(turns, reply.match, steps.length)];
  return step === undefined ? undefined : { ...reply, ...step };
}

/**
 * How many of the steps have been answered; as many as there are where none is due. Only where no steps are under way does a
 * prompt begin them: what a tool answers may hold the same words.
 */
function stepOf(turns: readonly ScriptTurn[], pattern: string, steps: number): number {
  let step = steps;
  for (const { role, text } of turns) {
    if (step < steps) step += role === "assistant" ? 1 : 0;
    else if (role === "user" && matches(pattern, text)) step = 0;
  }
  return turns.at(-1)?.role === "assistant" ? steps : step;
}

function matches(pattern: string, text: string): boolean {
  const expression = expressionOf(pattern);
  return expression === undefined ? text.toLowerCase().includes(pattern.toLowerCase()) : expression.test(text);
}
