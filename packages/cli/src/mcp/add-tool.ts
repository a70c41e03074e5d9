import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  ServerContext,
  ToolAnnotations,
} from "@modelcontextprotocol/server";
import { toStandardJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import type { Desk } from "./desk.ts";
import { toolError } from "./results/tool-error.ts";

/** All hints are given: what is left out means the opposite of what one would think. */
export interface ToolInfo<Input extends ObjectSchema, Output extends ObjectSchema> {
  title: string;
  description: string;
  input: Input;
  output: Output;
  annotations: Required<Omit<ToolAnnotations, "title">>;
}

type ObjectSchema = v.GenericSchema<Record<string, unknown>, Record<string, unknown>>;

/** One call of a tool. */
export interface ToolCall {
  desk: Desk;
  server: McpServer;
  context: ServerContext;
  /** Aborts when the client cancels, or goes away. */
  signal: AbortSignal;
}

/** Registers a tool whose errors are results that a model can act on. */
export function addTool<Input extends ObjectSchema, Output extends ObjectSchema>(
  server: McpServer,
  desk: Desk,
  name: string,
  { title, description, input, output, annotations }: ToolInfo<Input, Output>,
  run: (args: v.InferOutput<Input>, call: ToolCall) => Promise<CallToolResult | InputRequiredResult>,
): void {
  const inputSchema = toStandardJsonSchema(input);
  const outputSchema = toStandardJsonSchema(output);
  const config = { title, description, inputSchema, outputSchema, annotations: { title, ...annotations } };
  server.registerTool(name, config, async (args, context) => {
    const { signal } = context.mcpReq;
    try {
      return await run(args, { desk, server, context, signal });
    } catch (error) {
      // nobody reads the answer of a call that was cancelled
      signal.throwIfAborted();
      return toolError(error, desk.signIn);
    }
  });
}
