import { readFileSync } from "node:fs";
import * as v from "valibot";

const parameters = v.record(
  v.string(),
  v.object({ type: v.string(), default: v.optional(v.unknown()), rest: v.optional(v.boolean()) }),
);
const methods = v.record(v.string(), v.object({ parameters, returns: v.string() }));

const classSchema = v.variant("kind", [
  v.object({ kind: v.literal("enum"), members: v.record(v.string(), v.string()) }),
  v.object({
    kind: v.literal("record"),
    fields: v.array(v.string()),
    properties: v.array(v.string()),
    methods,
    prints: v.boolean(),
  }),
  v.object({ kind: v.literal("exception"), parent: v.string(), fields: v.array(v.string()) }),
  v.object({
    kind: v.literal("class"),
    parameters,
    properties: v.array(v.string()),
    methods,
    isContextManager: v.boolean(),
  }),
]);

const apiSchema = v.object({
  package: v.string(),
  classes: v.record(v.string(), classSchema),
  functions: v.record(v.string(), v.object({ parameters })),
  constants: v.record(v.string(), v.string()),
});

type PythonApi = v.InferOutput<typeof apiSchema>;
type Methods = v.InferOutput<typeof methods>;

/** One thing that the Python client has: `FlowithClient.generate`, `FlowithClient.generate(prompt)`, `UserCredits.sub_type`. */
export interface InventoryEntry {
  id: string;
  kind: "class" | "method" | "parameter" | "field" | "enum value" | "exception" | "function" | "constant";
  /** Of an enum value or a constant. */
  value?: string;
  /** How it is written down in Python, of a method or a parameter. */
  signature?: string;
}

export function readPythonApi(): PythonApi {
  return v.parse(apiSchema, JSON.parse(readFileSync(new URL("python-api.json", import.meta.url), "utf8")));
}

/** Everything that python-api.json describes, one entry for each thing that can be used by name. */
export function inventory(api: PythonApi = readPythonApi()): InventoryEntry[] {
  const entries: InventoryEntry[] = [];
  for (const [name, described] of Object.entries(api.classes)) {
    entries.push({ id: name, kind: described.kind === "exception" ? "exception" : "class" });
    switch (described.kind) {
      case "enum":
        for (const [member, value] of Object.entries(described.members))
          entries.push({ id: `${name}.${member}`, kind: "enum value", value });
        break;
      case "exception":
        for (const field of described.fields) entries.push({ id: `${name}.${field}`, kind: "field" });
        break;
      case "record":
        for (const field of [...described.fields, ...described.properties])
          entries.push({ id: `${name}.${field}`, kind: "field" });
        if (described.prints) entries.push({ id: `${name}.__str__`, kind: "method" });
        entries.push(...methodEntries(name, described.methods));
        break;
      case "class":
        entries.push(...parameterEntries(name, described.parameters));
        if (described.isContextManager) entries.push({ id: `${name}.__aexit__`, kind: "method" });
        for (const property of described.properties) entries.push({ id: `${name}.${property}`, kind: "field" });
        entries.push(...methodEntries(name, described.methods));
    }
  }
  for (const [name, described] of Object.entries(api.functions))
    entries.push({ id: name, kind: "function" }, ...parameterEntries(name, described.parameters));
  for (const [name, value] of Object.entries(api.constants)) entries.push({ id: name, kind: "constant", value });
  return entries;
}

function methodEntries(of: string, found: Methods): InventoryEntry[] {
  return Object.entries(found).flatMap(([name, { parameters, returns }]) => [
    { id: `${of}.${name}`, kind: "method" as const, signature: `→ ${returns}` },
    ...parameterEntries(`${of}.${name}`, parameters),
  ]);
}

function parameterEntries(of: string, found: v.InferOutput<typeof parameters>): InventoryEntry[] {
  return Object.entries(found).map(([name, parameter]) => ({
    id: `${of}(${name})`,
    kind: "parameter" as const,
    signature: "default" in parameter ? `${name}=${JSON.stringify(parameter.default)}` : name,
  }));
}
