import type { FileStore } from "../files/file-store.ts";
import { attachmentUrls, describeAttachment } from "./attachment.ts";
import { fragmentsOf, withReasoning } from "./fragments.ts";
import { type Message, textOf } from "./message.ts";
import { takeReferences } from "./references.ts";
import { answerByRule } from "./rules.ts";
import { createScript, type Failure, type Script, type ScriptedReply } from "./script.ts";

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
  /** The scripted reply for a prompt of a media job: its failure and time count, its text does not. */
  scriptFor(userId: string, prompt: string): ScriptedReply | undefined;
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

function scripted(reply: ScriptedReply, own: string): Answer {
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
  const scriptFor = (userId: string, prompt: string): ScriptedReply | undefined =>
    script.take(prompt, (user) => isUser(userId, user));
  return {
    script,
    scriptFor,
    answer({ userId, model, messages }) {
      const last = messages.at(-1) ?? { role: "user", content: "" };
      const full = textOf(last);
      const prompt = takeReferences(full).text;
      const described = attachmentUrls(last).map((url) => describeAttachment(url, files));
      const own = described.length > 0 ? described.join("\n") : answerByRule(prompt, messages.slice(0, -1));
      const reply = scriptFor(userId, full);
      if (reply !== undefined) return scripted(reply, own);
      const raw = withReasoning(own, thinks(model) ? reasonAbout(prompt) : undefined);
      const pacing = { firstEventMs: undefined, delayMs: undefined, fail: undefined };
      return { raw, fragments: fragmentsOf(raw), reasoningSummary: "", ...pacing };
    },
  };
}
