import * as v from "valibot";
import type { Queryable } from "../../database/database.ts";
import type { Routine } from "./types.ts";

const routineRow = v.object({
  oid: v.number(),
  schema: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  return_schema: v.string(),
  return_name: v.string(),
  returns_set: v.boolean(),
  returns_composite: v.boolean(),
  volatility: v.picklist(["v", "s", "i"]),
  parameters: v.nullable(
    v.array(v.object({ name: v.string(), type: v.string(), isRequired: v.boolean(), isVariadic: v.boolean() })),
  ),
});

// OUT, INOUT and TABLE parameters make the result a row. `proargtypes` has the input types only, `proargnames` has
// the names of all: the modes say which are input.
const query = `
  with recursive base_types as (
    select oid, oid as base, typbasetype from pg_type
    union all
    select b.oid, t.oid, t.typbasetype from base_types b join pg_type t on t.oid = b.typbasetype
  )
  select p.oid::int as oid, pn.nspname as schema, p.proname as name, obj_description(p.oid, 'pg_proc') as description,
    tn.nspname as return_schema, coalesce(rel.relname, t.typname) as return_name, p.proretset as returns_set,
    (t.typtype = 'c' or coalesce(p.proargmodes::text[] && '{t,b,o}', false)) as returns_composite,
    p.provolatile::text as volatility,
    (select json_agg(json_build_object(
        'name', coalesce(input.name, ''),
        'type', format_type(p.proargtypes[input.number - 1], null),
        'isRequired', input.number <= p.pronargs - p.pronargdefaults,
        'isVariadic', coalesce(input.mode = 'v', false)) order by input.number)
      from (
        select row_number() over (order by n) as number, p.proargnames[n] as name, p.proargmodes[n] as mode
        from generate_series(1, coalesce(array_length(p.proargmodes, 1), p.pronargs)) n
        where coalesce(p.proargmodes[n], 'i') in ('i', 'b', 'v')
      ) input) as parameters
  from pg_proc p
  join pg_namespace pn on pn.oid = p.pronamespace
  join base_types bt on bt.oid = p.prorettype and bt.typbasetype = 0
  join pg_type t on t.oid = bt.base
  join pg_namespace tn on tn.oid = t.typnamespace
  left join pg_class rel on rel.oid = t.typrelid
  where p.prokind = 'f' and t.oid <> 'trigger'::regtype and pn.nspname = any ($1)
  order by 2, 3`;

const volatilities = { v: "volatile", s: "stable", i: "immutable" } as const;
const unnamedTypes = new Set(["bytea", "json", "jsonb", "text", "xml"]);

function withoutLength(type: string): string {
  return type.replace(/^bit(\[\])?$/, "bit varying$1").replace(/^character(\[\])?$/, "character varying$1");
}

// Without names a function can be called only through a single parameter that takes the body.
function isCallable(routine: Routine): boolean {
  const unnamed = routine.parameters.filter((parameter) => parameter.name === "");
  if (unnamed.length === 0) return true;
  return unnamed.length === 1 && unnamedTypes.has(routine.parameters[0]?.type ?? "");
}

function signature(routine: Routine): string {
  return routine.parameters.map(({ name, type }) => `${name}\0${type}`).join("\0");
}

// The fewest parameters first, then by their names and types: the order in which an ambiguous call lists them.
function byParameters(a: Routine, b: Routine): number {
  const difference = a.parameters.length - b.parameters.length;
  return difference === 0 ? (signature(a) < signature(b) ? -1 : 1) : difference;
}

export async function readRoutines(database: Queryable, schemas: readonly string[]): Promise<Routine[]> {
  const { rows } = await database.query(query, [schemas]);
  return v
    .parse(v.array(routineRow), rows)
    .map(
      (row): Routine => ({
        oid: row.oid,
        schema: row.schema,
        name: row.name,
        description: row.description,
        returns: { schema: row.return_schema, name: row.return_name },
        returnsSet: row.returns_set,
        returnsComposite: row.returns_composite,
        volatility: volatilities[row.volatility],
        parameters: (row.parameters ?? []).map((parameter) => ({
          ...parameter,
          castType: withoutLength(parameter.type),
        })),
      }),
    )
    .filter(isCallable)
    .sort(byParameters);
}
