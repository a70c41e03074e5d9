/** Types of Swagger 2.0. JSON has none: it can be anything. */
export type SwaggerType = "string" | "boolean" | "integer" | "number" | "array";

const swaggerTypes: Readonly<Record<string, SwaggerType>> = {
  "character varying": "string",
  character: "string",
  text: "string",
  boolean: "boolean",
  smallint: "integer",
  integer: "integer",
  bigint: "integer",
  numeric: "number",
  real: "number",
  "double precision": "number",
};

export function swaggerType(type: string): SwaggerType | undefined {
  if (type === "json" || type === "jsonb") return undefined;
  return swaggerTypes[type] ?? (type.endsWith("[]") ? "array" : "string");
}

export function elementType(arrayType: string): string {
  return arrayType.slice(0, -2);
}

export type Swagger = Readonly<Record<string, unknown>>;

/** Leaves out what is undefined, as JSON does, but before anyone compares. */
export function present(fields: Record<string, unknown>): Swagger {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export function typeFields(type: string): Record<string, unknown> {
  const swagger = swaggerType(type);
  return {
    type: swagger,
    format: type,
    items: swagger === "array" ? present({ type: swaggerType(elementType(type)) }) : undefined,
  };
}

/** The first line of a comment is the summary, the rest the description. */
export function splitComment(comment: string | null): { summary: string | undefined; description: string | undefined } {
  if (comment === null) return { summary: undefined, description: undefined };
  const [summary = "", ...rest] = comment.split("\n");
  const description = rest.join("\n").replace(/^\n+/, "");
  return { summary, description: description === "" ? undefined : description };
}
