import type { CallChoice, DescribedTool } from "@flowith-webapi/chat-bridge";
import * as v from "valibot";
import { madeChoice } from "../backend/tool-choice.ts";

/** Tools that OpenAI itself runs, those without a schema, and the like: nobody runs them here. */
const otherTool = v.pipe(
  v.object({ type: v.string("A tool has a type") }),
  v.transform(({ type }) => ({ type: "other" as const, name: type })),
);

/** A function, which says what is wrong with it, or another tool. */
export function toolOf<Tool extends v.GenericSchema<unknown, { type: "function" }>>(
  functionTool: Tool,
): v.GenericSchema<unknown, v.InferOutput<Tool> | v.InferOutput<typeof otherTool>> {
  return v.lazy(
    (input): v.GenericSchema<unknown, v.InferOutput<Tool> | v.InferOutput<typeof otherTool>> =>
      typeOf(input) === "function" ? functionTool : otherTool,
  );
}

/** Names of tools that are not the caller's own. */
export function otherTools(tools: readonly { type: string; name?: string }[] | null | undefined): string[] {
  return (tools ?? []).flatMap((tool) => (tool.type === "other" ? [`tools.${tool.name}`] : []));
}

/** What a model may call, and whether it has to. */
export interface Callable {
  tools: DescribedTool[] | undefined;
  toolChoice: CallChoice | undefined;
}

/**
 * The tools that a model is told of, by what is chosen among them.
 * @param choice a list of names is of those that may be called
 * @throws GatewayError 400 for a choice that cannot be made
 */
export function callable(
  tools: readonly DescribedTool[],
  choice: CallChoice | { mode: "auto" | "required"; names: readonly string[] } | undefined,
): Callable {
  const isList = typeof choice === "object" && "names" in choice;
  const told = isList ? tools.filter(({ name }) => choice.names.includes(name)) : [...tools];
  const toolChoice = madeChoice(isList ? choice.mode : choice, told);
  return { tools: told.length === 0 ? undefined : told, toolChoice };
}

function typeOf(input: unknown): unknown {
  return typeof input === "object" && input !== null && "type" in input ? input.type : undefined;
}
