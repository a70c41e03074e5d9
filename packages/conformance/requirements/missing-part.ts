import * as sdk from "flowith-webapi";
import type { ApiReport } from "./api-report.ts";

const flowith = new sdk.Flowith();
const session = flowith.startConversation();

const instances: Readonly<Record<string, { value: object; type: string }>> = {
  flowith: { value: flowith, type: "FlowithClient" },
  session: { value: session, type: "ConversationSession" },
};

/**
 * What of a counterpart does not exist, or undefined where all of it does. Methods and values are looked for in what is
 * exported, and on a client; types, fields and parameters in the API reports.
 */
export function missingPart(here: string, report: ApiReport): string | undefined {
  const call = here.match(/^(flowith|session)((?:\.\w+)*)\.(\w+|\[Symbol\.asyncDispose\])\((\w*)\)$/);
  if (call !== null)
    return missingOfCall(call[1] ?? "", (call[2] ?? "").split(".").slice(1), call[3] ?? "", call[4] ?? "", report);
  const member = here.match(/^(\w+)(?:\.(\w+)(?:\((\w+)\))?)?$/);
  if (member === null) return `no known form: ${here}`;
  const [, type = "", field, parameter] = member;
  if (field === undefined) return type in sdk || report.has(type) ? undefined : `export ${type}`;
  const exported: unknown = Reflect.get(sdk, type);
  if (typeof exported === "object" && exported !== null)
    return field in exported ? undefined : `value ${type}.${field}`;
  if (report.member(type, field) === undefined) return `field ${type}.${field}`;
  if (parameter === undefined || report.parametersOf(type, field)?.includes(parameter)) return undefined;
  return `parameter ${parameter} of ${type}.${field}`;
}

function missingOfCall(
  root: string,
  path: string[],
  method: string,
  parameter: string,
  report: ApiReport,
): string | undefined {
  const instance = instances[root];
  let value: object | undefined = instance?.value;
  let type: string | undefined = instance?.type;
  for (const name of path) {
    const next: unknown = value && Reflect.get(value, name);
    if (typeof next !== "object" || next === null) return `property ${name} of ${root}`;
    value = next;
    type = report.typeOf(type ?? "", name);
    if (type === undefined) return `property ${name} in the report`;
  }
  const key = method === "[Symbol.asyncDispose]" ? Symbol.asyncDispose : method;
  if (value === undefined || typeof Reflect.get(value, key) !== "function") return `method ${method} of ${type}`;
  if (parameter === "" || report.parametersOf(type ?? "", method)?.includes(parameter)) return undefined;
  return `parameter ${parameter} of ${type}.${method}`;
}

/** The value that an exported const object has under `ImageModel.GptImage2`. */
export function exportedValue(here: string): unknown {
  const [object = "", name = ""] = here.split(".");
  const exported: unknown = Reflect.get(sdk, object);
  return typeof exported === "object" && exported !== null ? Reflect.get(exported, name) : undefined;
}
