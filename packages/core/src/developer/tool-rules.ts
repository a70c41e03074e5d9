import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { without } from "../options/option-values.ts";
import { jsonFault } from "../text/nul-fault.ts";
import { shown } from "../text/shown.ts";
import { isRecord } from "../wire/parse.ts";
import type { ChatOptions } from "./chat-options.ts";

/** A JSON Schema of an object: a service refuses another, and bills the refusal at times. */
export const objectSchema: v.GenericSchema<unknown, Record<string, unknown>> = v.pipe(
  v.custom<Record<string, unknown>>(
    // To a record a list is an object too.
    (value) => isRecord(value) && isObjectType(value.type),
    'Expected a JSON Schema of an object, such as { type: "object", properties: { city: { type: "string" } } }',
  ),
  v.check(
    ({ properties }) => properties === undefined || isRecord(properties),
    "Expected properties to be an object, with a JSON Schema for each name",
  ),
  without(jsonFault),
);

function isObjectType(type: unknown): boolean {
  return type === undefined || type === "object" || (Array.isArray(type) && type.includes("object"));
}

/** What is wrong with tools beside one another. @throws InvalidArgumentError */
export function checkTools(label: string, { tools = [], toolChoice, extraBody }: ChatOptions): void {
  const names = tools.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InvalidArgumentError(`${label}: option "tools": two have the name ${shown(twice)}.`);
  // The body of the post may have tools that are not ours.
  if (toolChoice === undefined || toolChoice === "none" || extraBody?.tools !== undefined) return;
  if (names.length === 0)
    throw new InvalidArgumentError(`${label}: option "toolChoice": there is no tool to choose. Pass tools.`);
  if (typeof toolChoice === "object" && !names.includes(toolChoice.name)) {
    throw new InvalidArgumentError(
      `${label}: option "toolChoice": there is no tool ${shown(toolChoice.name)}. Tools: ${names.join(", ")}.`,
    );
  }
}
