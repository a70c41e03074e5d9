import { TimeoutError, type UserEvent } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { conversationFlag } from "../conversations/find-conversation.ts";
import { ExitCode } from "../exit-codes.ts";
import { oneLine } from "../output/printable.ts";
import { cut } from "../output/table.ts";

export interface EventsFlags {
  conversation?: string;
  type?: string[];
  max?: number;
  timeout?: number;
}

/** A line each: `{ type, nodeId, convId, raw }`. */
export async function events(context: Context, flags: EventsFlags): Promise<void> {
  const { output, signal } = context;
  const { type, max, timeout } = flags;
  const client = await context.client();
  await context.requireSession();
  const conversation = await conversationFlag(client, flags.conversation, signal);
  const stop = client.events.onConnection(({ channel, state, reconnects }) => {
    if (channel !== "stream" || output.isJson) return;
    if (state === "open")
      output.note(reconnects === 0 ? "Listening." : "Listening again; what came meanwhile is missed.");
  });
  let count = 0;
  try {
    const stream = client.events.stream({ signal, timeout: timeout === undefined ? {} : { totalMs: timeout * 1_000 } });
    for await (const event of stream) {
      if (conversation !== undefined && event.convId !== conversation) continue;
      if (type !== undefined && !type.includes(event.type ?? "")) continue;
      const { type: name = null, nodeId = null, convId = null, raw } = event;
      await output.result({ type: name, nodeId, convId, raw }, () => lineOf(context, event));
      count += 1;
      if (count === max) return;
    }
  } catch (error) {
    if (!TimeoutError.is(error) || error.phase !== "total") throw error;
    if (max === undefined) return;
    const message = `${count} of ${max} events came in ${timeout} s.`;
    throw new CliError(message, { exitCode: ExitCode.TryLater, code: "timeout", cause: error });
  } finally {
    stop();
  }
}

function lineOf({ output }: Context, { type = "?", nodeId = "", raw }: UserEvent): string {
  const { type: _type, nodeId: _nodeId, node_id: _id, convId: _convId, conv_id: _conv, ...rest } = raw;
  const details = Object.keys(rest).length === 0 ? "" : JSON.stringify(rest);
  const line = oneLine(`${new Date().toTimeString().slice(0, 8)}  ${type}  ${nodeId.slice(0, 8)}  ${details}`);
  return output.isTerminal ? cut(line, output.columns) : line;
}
