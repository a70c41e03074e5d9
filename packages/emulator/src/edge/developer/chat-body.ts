import * as v from "valibot";
import { type Message, messageSchema, textOf } from "../../model/message.ts";
import type { ScriptTurn } from "../../model/script.ts";

export interface ChatTool {
  function: { name: string; parameters?: Record<string, unknown> | undefined };
}

export interface ChatBody {
  models: string[];
  messages: (
    | (Message & { tool_calls?: { id: string }[] | undefined })
    | { role: "tool"; tool_call_id: string; content: string }
    | { role: "assistant"; content?: null | undefined; tool_calls: { id: string }[] }
  )[];
  stream: boolean;
  thinking: boolean;
  online: boolean;
  tools: ChatTool[];
  tool_choice: "auto" | "none" | "required" | { function: { name: string } };
  max_tokens?: number | undefined;
}

const tool: v.GenericSchema<unknown, ChatTool> = v.object({
  type: v.literal("function"),
  function: v.object({
    name: v.pipe(v.string(), v.minLength(1)),
    description: v.optional(v.string()),
    parameters: v.optional(v.record(v.string(), v.unknown())),
  }),
});

const toolCalls: v.GenericSchema<unknown, { id: string }[]> = v.array(v.object({ id: v.string() }));

const saidMessage: v.GenericSchema<unknown, Message & { tool_calls?: { id: string }[] | undefined }> = v.intersect([
  messageSchema,
  v.object({ tool_calls: v.optional(toolCalls) }),
]);

export const chatBody: v.GenericSchema<unknown, ChatBody> = v.object({
  models: v.pipe(v.array(v.string()), v.minLength(1)),
  messages: v.pipe(
    v.array(
      v.union([
        saidMessage,
        v.object({ role: v.literal("tool"), tool_call_id: v.string(), content: v.string() }),
        v.object({ role: v.literal("assistant"), content: v.optional(v.null()), tool_calls: toolCalls }),
      ]),
    ),
    v.minLength(1),
  ),
  stream: v.optional(v.boolean(), false),
  thinking: v.optional(v.boolean(), false),
  thinking_budget_tokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  online: v.optional(v.boolean(), false),
  tools: v.optional(v.array(tool), []),
  tool_choice: v.optional(
    v.union([v.picklist(["auto", "none", "required"]), v.object({ function: v.object({ name: v.string() }) })]),
    "auto",
  ),
  max_tokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  temperature: v.optional(v.number()),
  top_p: v.optional(v.number()),
  stop: v.optional(v.union([v.string(), v.array(v.string())])),
});

/** The first call of a tool that the messages right behind it do not answer: services of this form refuse such a history. */
export function unansweredCall(messages: ChatBody["messages"]): string | undefined {
  for (const [index, message] of messages.entries()) {
    const calls = "tool_calls" in message ? (message.tool_calls ?? []) : [];
    const rest = messages.slice(index + 1);
    const end = rest.findIndex(({ role }) => role !== "tool");
    const answers = end === -1 ? rest : rest.slice(0, end);
    const isAnswered = (id: string): boolean =>
      answers.some((answer) => answer.role === "tool" && answer.tool_call_id === id);
    const open = calls.find(({ id }) => !isAnswered(id));
    if (open !== undefined) return open.id;
  }
  return undefined;
}

/** Messages as the model of the web app takes them: what a tool has said is said to it. */
export function plainMessages(messages: ChatBody["messages"]): Message[] {
  return messages.map((message) => {
    if (message.role === "tool") return { role: "user", content: `say ${message.content}` };
    return { role: message.role, content: message.content ?? "" };
  });
}

/** Messages as scripts see them: a tool's stays one. */
export function scriptTurns(messages: ChatBody["messages"]): ScriptTurn[] {
  return messages.map((message) => ({
    role: message.role,
    text: message.role === "tool" ? message.content : textOf({ role: message.role, content: message.content ?? "" }),
  }));
}
