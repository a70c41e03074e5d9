import type { Routine, RoutineParameter, Table } from "../catalog/types.ts";
import { argumentsDefinition } from "./definitions.ts";
import { elementType, present, type Swagger, splitComment, swaggerType } from "./types.ts";

const objectTypes = ["application/vnd.pgrst.object+json;nulls=stripped", "application/vnd.pgrst.object+json"];
export const rowTypes: readonly string[] = ["application/json", ...objectTypes, "text/csv"];

function reference(name: string): Swagger {
  return { $ref: `#/parameters/${name}` };
}

export const rootPath: Swagger = {
  get: {
    tags: ["Introspection"],
    summary: "OpenAPI description (this document)",
    produces: ["application/openapi+json", "application/json"],
    responses: { 200: { description: "OK" } },
  },
};

export function tablePath(table: Table): Swagger {
  const { name, columns, isInsertable, isUpdatable, isDeletable } = table;
  const base = { ...splitComment(table.description), tags: [name] };
  const filters = [...columns.keys()].map((column) => `rowFilter.${name}.${column}`);
  const operation = (parameters: readonly string[], responses: Swagger): Swagger =>
    present({ ...base, parameters: parameters.map(reference), responses });
  const rows = { type: "array", items: { $ref: `#/definitions/${name}` } };
  const get = operation([...filters, "select", "order", "range", "rangeUnit", "offset", "limit", "preferCount"], {
    200: { description: "OK", schema: rows },
    206: { description: "Partial Content" },
  });
  if (!isInsertable && !isUpdatable && !isDeletable) return { get };
  const noContent = { 204: { description: "No Content" } };
  return {
    get,
    post: operation([`body.${name}`, "select", "preferPost"], { 201: { description: "Created" } }),
    patch: operation([...filters, `body.${name}`, "preferReturn"], noContent),
    delete: operation([...filters, "preferReturn"], noContent),
  };
}

function queryParameter({ name, type, isRequired, isVariadic }: RoutineParameter): Swagger {
  const base = { name, required: isRequired, in: "query" };
  if (isVariadic) {
    const items = present({ type: swaggerType(elementType(type)), format: elementType(type) });
    return { ...base, type: swaggerType(type) ?? "string", collectionFormat: "multi", items };
  }
  const swagger = swaggerType(type);
  // In a URL an array is a text in braces.
  return { ...base, type: swagger === undefined || swagger === "array" ? "string" : swagger, format: type };
}

export function routinePath(routine: Routine): Swagger {
  const base = {
    ...splitComment(routine.description),
    tags: [`(rpc) ${routine.name}`],
    produces: ["application/json", ...objectTypes],
    responses: { 200: { description: "OK" } },
  };
  const body = { name: "args", required: true, in: "body", schema: argumentsDefinition(routine) };
  const post = present({ ...base, parameters: [body, reference("preferParams")] });
  if (routine.volatility === "volatile") return { post };
  return { get: present({ ...base, parameters: routine.parameters.map(queryParameter) }), post };
}
