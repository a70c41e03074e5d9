import type { Routine } from "../catalog/types.ts";
import type { Format } from "../plan/negotiate.ts";
import { empty, type Fragment, join, literal, sql } from "./fragment.ts";

/** The rows in their final shape are called _postgrest_t; pgrst_source is what a write or a function returned. */
function jsonBody(shape: "array" | "object", stripsNulls: boolean, routine: Routine | undefined): Fragment {
  const isScalar = routine !== undefined && !routine.returnsComposite;
  const row =
    isScalar && (shape === "array" || !routine.returnsSet) ? sql`_postgrest_t.pgrst_scalar` : sql`_postgrest_t`;
  const first = shape === "object" || (routine !== undefined && !routine.returnsSet);
  const json = first ? sql`json_agg(${row})->0` : sql`json_agg(${row})`;
  const stripped = stripsNulls ? sql`json_strip_nulls(${json})` : json;
  return first ? sql`coalesce(${stripped}, 'null')` : sql`coalesce(${stripped}, '[]')`;
}

// The text of a row is already CSV, but for the parentheses around it.
const csvBody = sql`(select coalesce(string_agg(a.k, ','), '') from (
    select json_object_keys(r)::text as k from (select row_to_json(hh) as r from pgrst_source as hh limit 1) s
  ) a) || E'\n' || coalesce(string_agg(substring(_postgrest_t::text, 2, length(_postgrest_t::text) - 2), E'\n'), '')`;

const geojsonBody = sql`json_build_object('type', 'FeatureCollection', 'features',
  coalesce(json_agg(st_asgeojson(_postgrest_t)::json), '[]'))`;

function bodySql(format: Format, routine: Routine | undefined): Fragment {
  switch (format.kind) {
    case "none":
      return sql`''`;
    case "csv":
      return csvBody;
    case "geojson":
      return geojsonBody;
    case "json":
      return jsonBody(format.shape, format.stripsNulls, routine);
  }
}

// A function can answer with headers and a status of its own.
const overrides = sql`nullif(current_setting('response.headers', true), '') as response_headers,
  nullif(current_setting('response.status', true), '') as response_status`;

export interface ResultOptions {
  /** What fills pgrst_source. */
  readonly source: Fragment;
  /** The rows to shape; the source itself when absent. */
  readonly rows?: Fragment;
  /** When given, the total of all rows. */
  readonly count?: Fragment | undefined;
  readonly format: Format;
  readonly routine?: Routine;
  /** The key columns of a Location header; the header is for one row only. */
  readonly location?: readonly string[] | undefined;
}

/** The one statement of a request: everything that its answer needs comes in one row. */
export function resultSql({ source, rows, count, format, routine, location }: ResultOptions): Fragment {
  const counting = count === undefined ? empty : sql`, pgrst_source_count as (${count})`;
  const total = count === undefined ? sql`null` : sql`(select pg_catalog.count(*) from pgrst_source_count)`;
  const isOneResult = routine !== undefined && !routine.returnsSet;
  const pageTotal = isOneResult ? sql`1` : sql`pg_catalog.count(_postgrest_t)`;
  const keys = location === undefined || location.length === 0 ? sql`''` : join(location.map(literal), ", ");
  const locationSql =
    location === undefined
      ? sql`null`
      : sql`case when pg_catalog.count(_postgrest_t) = 1 then (
          select json_agg(json_build_array(pair.key, coalesce('eq.' || pair.value, 'is.null')))
          from (select row_to_json(_) as row from pgrst_source as _ limit 1) data
          cross join json_each_text(data.row) as pair where pair.key in (${keys})
        )::text end`;
  return sql`with pgrst_source as (${source})${counting}
    select (${total})::text as total, (${pageTotal})::text as page_total, (${bodySql(format, routine)})::text as body,
      ${locationSql} as location, nullif(current_setting('pgrst.inserted', true), '') as inserted, ${overrides}
    from (${rows ?? sql`select * from pgrst_source`}) _postgrest_t`;
}
