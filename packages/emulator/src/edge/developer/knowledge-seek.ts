import type { ServerResponse } from "node:http";
import * as v from "valibot";
import { isStorable } from "../../database/storable.ts";
import { refusal } from "../../http/answers.ts";
import { readJson } from "../../http/read-body.ts";
import { fragmentsOf } from "../../model/fragments.ts";
import type { ScriptedAnswer } from "../../model/scripted-reply.ts";
import type { Frame } from "../../streams/frame.ts";
import type { EdgeContext } from "../edge-context.ts";
import { answerInPieces, dataFrame, failureOf } from "./answer-pieces.ts";
import { chargeDeveloper } from "./developer-credits.ts";
import type { Seed } from "./knowledge-store.ts";

interface SeekBody {
  messages: { role: "user" | "assistant"; content: string }[];
  model: string;
  stream: boolean;
  kb_list: string[];
}

const body: v.GenericSchema<unknown, SeekBody> = v.object({
  messages: v.pipe(
    v.array(
      v.object({
        role: v.picklist(["user", "assistant"]),
        content: v.pipe(v.string(), v.check(isStorable, "Holds a character that cannot be kept")),
      }),
    ),
    v.minLength(1),
  ),
  model: v.string(),
  stream: v.optional(v.boolean(), false),
  kb_list: v.optional(v.array(v.pipe(v.string(), v.uuid())), []),
});

/** The best passage in its own words, with the number of its source. */
function answerOf(seeds: readonly Seed[]): string {
  const [first] = seeds;
  if (first === undefined) return "The knowledge bases say nothing about that.";
  const words = first.content.replace(/^#.*$/gm, "").trim().replaceAll(/\s+/g, " ");
  return `${words} [1]`;
}

function finals(text: string, script: ScriptedAnswer | undefined): Frame[] {
  const pieces = fragmentsOf(text).flat();
  const as = script?.finalAs ?? "deltas";
  if (as === "one") return [dataFrame({ tag: "final", content: text })];
  return pieces.map((piece, index) => {
    return dataFrame({ tag: "final", content: as === "deltas" ? piece : pieces.slice(0, index + 1).join("") });
  });
}

function framesOf(question: string, text: string, seeds: readonly Seed[], script: ScriptedAnswer | undefined): Frame[] {
  const before = [dataFrame({ tag: "searching", content: question }), dataFrame({ tag: "seeds", content: seeds })];
  const all = script?.isEmpty === true ? [dataFrame({ tag: "final", content: "" })] : finals(text, script);
  if (script?.fail !== undefined) {
    return [...before, ...all.slice(0, script.fail.afterEvents ?? 0), dataFrame({ error: failureOf(script.fail) })];
  }
  const ends = {
    line: [dataFrame("[DONE]")],
    final: [dataFrame({ tag: "final", content: "[DONE]" })],
    none: [],
  };
  return [...before, ...all, ...ends[script?.endAs ?? "line"]];
}

function wholeAnswer(text: string, script: ScriptedAnswer | undefined): object {
  if (script?.fail !== undefined) return { error: failureOf(script.fail) };
  return { tag: "final", content: script?.isEmpty === true ? "" : text };
}

/** Searches the user's knowledge bases and answers out of what it finds. */
export async function seek(
  context: EdgeContext,
  userId: string,
  request: Request,
  outgoing: ServerResponse | undefined,
): Promise<Response> {
  const read = await readJson(body, request);
  if (!read.ok) return read.response;
  const { messages, stream, kb_list } = read.value;
  const missing = await context.knowledge.missing(userId, kb_list);
  if (missing.length > 0) return refusal(404, `There is no knowledge base ${missing.join(", ")}`, "not_found");
  const unpaid = await chargeDeveloper(context, userId, "search");
  if (unpaid !== undefined) return unpaid;
  const asked = messages.filter(({ role }) => role === "user").map(({ content }) => content);
  const question = asked.at(-1) ?? "";
  // What a follow-up question is about may stand in the one before it.
  const seeds = await context.knowledge.search(userId, kb_list, asked.slice(-2).join("\n"));
  const script = context.model.scriptFor(
    userId,
    messages.map(({ role, content }) => ({ role, text: content })),
  );
  const text = script?.reply ?? answerOf(seeds);
  const timing = {
    firstEventMs: script?.firstEventMs ?? context.settings.firstEventMs,
    delayMs: script?.delayMs ?? context.settings.fragmentMs,
  };
  const path = new URL(request.url).pathname;
  const frames = stream
    ? framesOf(question, text, seeds, script)
    : [{ kind: "event", text: JSON.stringify(wholeAnswer(text, script)) } as const];
  // As the live service was seen to say, though it sends events.
  const contentType = stream ? "text/plain; charset=utf-8" : "application/json";
  return answerInPieces(context, { path, userId, contentType, outgoing, frames, ...timing });
}
