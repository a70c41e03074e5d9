import type { FileStore } from "../files/file-store.ts";
import { attachmentUrls, describeAttachment } from "./attachment.ts";
import { fragmentsOf, withReasoning } from "./fragments.ts";
import { type Message, textOf } from "./message.ts";
import { takeReferences } from "./references.ts";
import { answerByRule } from "./rules.ts";
import { createScript, type Script, type ScriptTurn } from "./script.ts";
import type { Failure, ScriptedAnswer } from "./scripted-reply.ts";

/** A whole answer, and how it is to be streamed. */
export interface Answer {
  /** All that is streamed, `<think>` part included. */
  raw: string;
  fragments: string[][];
  reasoningSummary: string;
  firstEventMs: number | undefined;
  delayMs: number | undefined;
  fail: Failure | undefined;
}

export interface AnswerRequest {
  userId: string;
  model: string;
  messages: readonly Message[];
}

export interface TextModel {
  answer(request: AnswerRequest): Answer;
  /** What the model says by itself, `<think>` part included, whatever the script says. */
  unscripted(request: Omit<AnswerRequest, "userId">): string;
  /**
   * What the script says to a prompt, or to the last of several messages; counts as one use. Of a media job its failure and
   * time count, its text does not.
   */
  scriptFor(userId: string, said: string | readonly ScriptTurn[]): ScriptedAnswer | undefined;
  readonly script: Script;
}

/** Models whose names say so reason before they answer. */
function thinks(model: string): boolean {
  return /think|gemini/i.test(model);
}

function reasonAbout(prompt: string): string {
  const subject = prompt.split(/\s+/).slice(0, 12).join(" ");
  return `The user writes: ${subject}\nI look at what was said before and answer in short.`;
}

function scripted(reply: ScriptedAnswer, own: string): Answer {
  const text = reply.reply ?? own;
  const inTags = reply.reasoningAs !== "summary";
  const raw = withReasoning(text, inTags ? reply.reasoning : undefined);
  const fragments = reply.fragments?.map((event) => (typeof event === "string" ? [event] : event));
  return {
    raw: fragments === undefined ? raw : fragments.flat().join(""),
    fragments: fragments ?? fragmentsOf(raw),
    reasoningSummary: inTags ? "" : (reply.reasoning ?? ""),
    firstEventMs: reply.firstEventMs,
    delayMs: reply.delayMs,
    fail: reply.fail,
  };
}

/** A deterministic model: the same messages give the same answer, and nothing but the messages counts. */
export function createTextModel(files: FileStore, isUser: (userId: string, user: string) => boolean): TextModel {
  const script = createScript();
  const scriptFor: TextModel["scriptFor"] = (userId, said) => {
    const turns = typeof said === "string" ? [{ role: "user" as const, text: said }] : said;
    return script.take(turns, (user) => isUser(userId, user));
  };
  const ownAnswer = (messages: readonly Message[]): string => {
    const last = messages.at(-1) ?? { role: "user", content: "" };
    const described = attachmentUrls(last).map((url) => describeAttachment(url, files));
    return described.length > 0 ? described.join("\n") : answerByRule(promptOf(messages), messages.slice(0, -1));
  };
  const unscripted: TextModel["unscripted"] = ({ model, messages }) =>
    withReasoning(ownAnswer(messages), thinks(model) ? reasonAbout(promptOf(messages)) : undefined);
  return {
    script,
    scriptFor,
    unscripted,
    answer({ userId, model, messages }) {
      const reply = scriptFor(
        userId,
        messages.map((message) => ({ role: message.role, text: textOf(message) })),
      );
      if (reply !== undefined) return scripted(reply, ownAnswer(messages));
      const raw = unscripted({ model, messages });
      const pacing = { firstEventMs: undefined, delayMs: undefined, fail: undefined };
      return { raw, fragments: fragmentsOf(raw), reasoningSummary: "", ...pacing };
    },
  };
}

/** The last message in words, without the references to files. */
function promptOf(messages: readonly Message[]): string {
  const last = messages.at(-1);
  return last === undefined ? "" : takeReferences(textOf(last)).text;
}
