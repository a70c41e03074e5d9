import { bind, empty, type Fragment, fromCatalog, join, literal, name, sql } from "./fragment.ts";

export interface BodyColumn {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
}

export interface BodyOptions {
  readonly columns: readonly BodyColumn[];
  /** `Prefer: missing=default`: what a row lacks gets the column's default instead of null. */
  readonly appliesDefaults: boolean;
  readonly firstRowOnly: boolean;
}

function isJsonObject(body: string): boolean {
  return /^[ \t\n\r]*\{/.test(body);
}

/** `from` clause that turns a JSON body into typed rows named pgrst_body. */
export function fromJsonBody(body: string, { columns, appliesDefaults, firstRowOnly }: BodyOptions): Fragment {
  const isObject = isJsonObject(body);
  const payload = appliesDefaults ? sql`${bind(body)}::jsonb` : sql`${bind(body)}::json`;
  const pairs = columns.flatMap((column) =>
    column.default === null ? [] : [sql`${literal(column.name)}, ${fromCatalog(column.default)}`],
  );
  const defaults = sql`jsonb_build_object(${join(pairs, ", ")})`;
  const withDefaults = isObject
    ? sql`lateral (select ${defaults} || pgrst_payload.json_data as val) pgrst_json_defs, `
    : sql`lateral (select jsonb_agg(${defaults} || elem) as val from jsonb_array_elements(pgrst_payload.json_data) elem) pgrst_json_defs, `;
  const data = appliesDefaults ? sql`pgrst_json_defs.val` : sql`pgrst_payload.json_data`;
  const prefix = appliesDefaults ? sql`jsonb` : sql`json`;
  const names = join(
    columns.map((column) => name(column.name)),
    ", ",
  );
  const typed = join(
    columns.map((column) => sql`${name(column.name)} ${fromCatalog(column.type)}`),
    ", ",
  );
  const rows =
    columns.length === 0
      ? isObject
        ? sql`(values(1)) _`
        : sql`${prefix}_array_elements(${data}) _`
      : sql`${prefix}_to_record${isObject ? empty : sql`set`}(${data}) as _(${typed})${firstRowOnly ? sql` limit 1` : empty}`;
  return sql`from (select ${payload} as json_data) pgrst_payload, ${appliesDefaults ? withDefaults : empty}lateral (select ${names} from ${rows}) pgrst_body`;
}
