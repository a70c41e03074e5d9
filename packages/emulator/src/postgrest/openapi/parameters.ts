import type { Table } from "../catalog/types.ts";
import { present, type Swagger } from "./types.ts";

function text(
  name: string,
  description: string,
  place: "query" | "header",
  extra: Record<string, unknown> = {},
): Swagger {
  return { name, description, required: false, in: place, type: "string", ...extra };
}

function prefer(values: readonly string[]): Swagger {
  return text("Prefer", "Preference", "header", values.length === 0 ? {} : { enum: values });
}

const returns = ["return=representation", "return=minimal", "return=none"];

const common: Readonly<Record<string, Swagger>> = {
  preferParams: prefer([]),
  preferReturn: prefer(returns),
  preferCount: prefer(["count=none"]),
  preferPost: prefer([...returns, "resolution=ignore-duplicates", "resolution=merge-duplicates"]),
  select: text("select", "Filtering Columns", "query"),
  on_conflict: text("on_conflict", "On Conflict", "query"),
  order: text("order", "Ordering", "query"),
  range: text("Range", "Limiting and Pagination", "header"),
  rangeUnit: text("Range-Unit", "Limiting and Pagination", "header", { default: "items" }),
  offset: text("offset", "Limiting and Pagination", "query"),
  limit: text("limit", "Limiting and Pagination", "query"),
};

function ofTable({ name, columns }: Table): [string, Swagger][] {
  const body = { name, description: name, required: false, in: "body", schema: { $ref: `#/definitions/${name}` } };
  const filters = [...columns.values()].map((column): [string, Swagger] => [
    `rowFilter.${name}.${column.name}`,
    present({
      name: column.name,
      description: column.description ?? undefined,
      required: false,
      in: "query",
      type: "string",
    }),
  ]);
  return [[`body.${name}`, body], ...filters];
}

export function parameterDefinitions(tables: readonly Table[]): Swagger {
  return { ...common, ...Object.fromEntries(tables.flatMap(ofTable)) };
}
