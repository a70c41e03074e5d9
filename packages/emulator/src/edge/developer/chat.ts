import type { ServerResponse } from "node:http";
import { refusal } from "../../http/answers.ts";
import { readJson } from "../../http/read-body.ts";
import { fragmentsOf } from "../../model/fragments.ts";
import { textOf } from "../../model/message.ts";
import type { ScriptedAnswer } from "../../model/scripted-reply.ts";
import type { Frame } from "../../streams/frame.ts";
import { checkModel } from "../admit-job.ts";
import type { EdgeContext } from "../edge-context.ts";
import { answerInPieces, dataFrame, failureOf } from "./answer-pieces.ts";
import { type ChatBody, chatBody, plainMessages, scriptTurns, unansweredCall } from "./chat-body.ts";
import { chargeDeveloper } from "./developer-credits.ts";

interface Reply {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; argumentsText: string }[];
  finishReason: string;
  script: ScriptedAnswer | undefined;
}

const thoughts = /^<think>\n?(.*?)\n?<\/think>\s*/s;

/** Tools that a script asks for, or that the request forces: the arguments are then what its schema has as examples. */
function callsOf({ messages, tools, tool_choice }: ChatBody, script: ScriptedAnswer | undefined): Reply["calls"] {
  const answered = messages.filter(({ role }) => role === "tool").length;
  if (script?.toolCalls !== undefined) {
    return script.toolCalls.map(({ name, arguments: given }, index) => ({
      // Another one in each request of a conversation: clients tell calls apart by it.
      id: `call_${answered + index + 1}`,
      name,
      argumentsText: typeof given === "string" ? given : JSON.stringify(given),
    }));
  }
  const forced = typeof tool_choice === "object" ? tool_choice.function.name : tools[0]?.function.name;
  const isForced = tool_choice === "required" || typeof tool_choice === "object";
  return isForced && forced !== undefined ? [{ id: `call_${answered + 1}`, name: forced, argumentsText: "{}" }] : [];
}

function replyOf(context: EdgeContext, userId: string, body: ChatBody): Reply {
  const messages = plainMessages(body.messages);
  const last = messages.at(-1);
  const prompt = last === undefined ? "" : textOf(last);
  const script = context.model.scriptFor(userId, scriptTurns(body.messages));
  const own = context.model.unscripted({ model: body.models[0] ?? "", messages });
  const [whole = "", thought = ""] = own.match(thoughts) ?? [];
  const calls = callsOf(body, script);
  const text = calls.length > 0 ? "" : (script?.reply ?? script?.fragments?.flat().join("") ?? own.slice(whole.length));
  const reasoning = script?.reasoning ?? (body.thinking ? thought || `I think about: ${prompt}` : "");
  if (script?.isEmpty === true) return { text: "", reasoning: "", calls: [], finishReason: "stop", script };
  // A token is a word here. A small number cuts the calls of tools short, as it does at the service.
  const most = body.max_tokens ?? Number.POSITIVE_INFINITY;
  const words = text.match(/\S+\s*/g) ?? [];
  const isCut = words.length > most || (calls.length > 0 && most < 8);
  const cutCalls = calls.map((call) => (isCut ? { ...call, argumentsText: call.argumentsText.slice(0, -2) } : call));
  const reason = calls.length > 0 ? "tool_calls" : "stop";
  return {
    text: words.length > most ? words.slice(0, most).join("") : text,
    reasoning,
    calls: cutCalls,
    finishReason: isCut ? "length" : reason,
    script,
  };
}

function reasoningPart(piece: string, script: ScriptedAnswer | undefined): object {
  const field = script?.reasoningField ?? "reasoning_content";
  return field === "blocks" ? { content: [{ type: "thinking", thinking: piece }] } : { [field]: piece };
}

function wholeAnswer(model: string, { text, reasoning, calls, finishReason, script }: Reply, usage: object): object {
  const thought = reasoning === "" ? {} : reasoningPart(reasoning, script);
  const blocks = "content" in thought && Array.isArray(thought.content) ? thought.content : undefined;
  const content = blocks === undefined ? text : [...blocks, { type: "text", text }];
  const tool_calls = calls.map(({ id, name, argumentsText }) => ({
    id,
    type: "function",
    function: { name, arguments: argumentsText },
  }));
  if (script?.fail !== undefined) return { error: failureOf(script.fail) };
  const message = { role: "assistant", ...thought, content, ...(calls.length === 0 ? {} : { tool_calls }) };
  return { model, choices: [{ index: 0, message, finish_reason: finishReason }], usage };
}

/** The arguments of a call come in pieces, of which the first alone has its name and id. */
function callFrames(calls: Reply["calls"], delta: (value: object) => Frame): Frame[] {
  return calls.flatMap(({ id, name, argumentsText }, index) => {
    const first = { index, id, type: "function", function: { name, arguments: "" } };
    const rest = argumentsText.match(/.{1,7}/gs) ?? [];
    const pieces = rest.map((piece) => ({ index, function: { arguments: piece } }));
    return [first, ...pieces].map((call) => delta({ tool_calls: [call] }));
  });
}

function streamed(model: string, reply: Reply, usage: object): Frame[] {
  const { text, reasoning, calls, finishReason, script } = reply;
  const chunk = (delta: object, finish_reason: string | null = null): Frame =>
    dataFrame({ model, choices: [{ index: 0, delta, finish_reason }] });
  const pieces = [
    ...fragmentsOf(reasoning).map((piece) => chunk(reasoningPart(piece.join(""), script))),
    ...fragmentsOf(text).map((piece) => chunk({ content: piece.join("") })),
    ...callFrames(calls, chunk),
  ];
  if (script?.fail !== undefined) {
    return [...pieces.slice(0, script.fail.afterEvents ?? 0), dataFrame({ error: failureOf(script.fail) })];
  }
  if (script?.endAs === "none") return pieces;
  return [...pieces, chunk({}, finishReason), dataFrame({ model, choices: [], usage }), dataFrame("[DONE]")];
}

/** `POST /external/use/llm`: as OpenAI's chat, with a list of models. */
export async function chat(
  context: EdgeContext,
  userId: string,
  request: Request,
  outgoing: ServerResponse | undefined,
): Promise<Response> {
  const read = await readJson(chatBody, request);
  if (!read.ok) return read.response;
  const unknown = read.value.models.map((model) => checkModel(model, "text")).find((answer) => answer !== undefined);
  if (unknown !== undefined) return unknown;
  const open = unansweredCall(read.value.messages);
  if (open !== undefined) {
    const message = "An assistant message with 'tool_calls' must be followed by tool messages for each 'tool_call_id'";
    return refusal(400, `${message}: ${open} has none`, "invalid_request_error");
  }
  const unpaid = await chargeDeveloper(context, userId, "chat");
  if (unpaid !== undefined) return unpaid;
  const reply = replyOf(context, userId, read.value);
  const [model = ""] = read.value.models;
  const [asked, said] = [JSON.stringify(read.value.messages).length, reply.text.length].map((size) =>
    Math.ceil(size / 4),
  );
  const usage = { prompt_tokens: asked, completion_tokens: said, total_tokens: (asked ?? 0) + (said ?? 0) };
  const frames = read.value.stream
    ? streamed(model, reply, usage)
    : [{ kind: "event", text: JSON.stringify(wholeAnswer(model, reply, usage)) } as const];
  return answerInPieces(context, {
    path: "/external/use/llm",
    userId,
    contentType: read.value.stream ? "text/event-stream" : "application/json",
    outgoing,
    frames,
    firstEventMs: reply.script?.firstEventMs ?? context.settings.firstEventMs,
    delayMs: reply.script?.delayMs ?? context.settings.fragmentMs,
  });
}
