import type { RoutineParameter } from "../catalog/types.ts";
import type { CallPlan } from "../plan/call.ts";
import { columnName } from "./column.ts";
import { bind, empty, type Fragment, fromCatalog, join, name, sql } from "./fragment.ts";
import { fromJsonBody } from "./json-body.ts";

/** `{a,"b c"}` for a variadic parameter. */
function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`).join(",")}}`;
}

function variadic(parameter: RoutineParameter): Fragment {
  return parameter.isVariadic ? sql`variadic ` : empty;
}

function directArgument(parameter: RoutineParameter, values: readonly string[]): Fragment {
  const value = parameter.isVariadic ? bind(textArray(values)) : bind(values.at(-1) ?? null);
  return sql`${variadic(parameter)}${name(parameter.name)} := ${value}::${fromCatalog(parameter.castType)}`;
}

function bodyArgument(parameter: RoutineParameter): Fragment {
  return sql`${variadic(parameter)}${name(parameter.name)} := pgrst_body.${name(parameter.name)}`;
}

function callSql(plan: CallPlan, argumentList: Fragment): Fragment {
  const { routine } = plan;
  const call = sql`${name(routine.schema, routine.name)}(${argumentList})`;
  return routine.returnsComposite ? sql`${call} pgrst_call` : sql`(select ${call} pgrst_scalar) pgrst_call`;
}

function fromCall(plan: CallPlan): Fragment {
  const { routine, parameters, args } = plan;
  const [only] = routine.parameters;
  if (only !== undefined && only.name === "" && routine.parameters.length === 1) {
    const whole = args.kind === "body" ? args.text : JSON.stringify(Object.fromEntries(args.values));
    return sql`from ${callSql(plan, sql`${bind(whole)}::${fromCatalog(only.type)}`)}`;
  }
  if (parameters.length === 0) return sql`from ${callSql(plan, empty)}`;
  if (args.kind === "direct") {
    const list = parameters.map((parameter) => directArgument(parameter, args.values.get(parameter.name) ?? []));
    return sql`from ${callSql(plan, join(list, ", "))}`;
  }
  const columns = parameters.map((parameter) => ({ name: parameter.name, type: parameter.castType, default: null }));
  const body = fromJsonBody(args.text, { columns, appliesDefaults: false, firstRowOnly: true });
  return sql`${body}, lateral ${callSql(plan, join(parameters.map(bodyArgument), ", "))}`;
}

/** Calls the function; its rows become pgrst_source. */
export function callRoutineSql(plan: CallPlan): Fragment {
  const row = { schema: "", name: "pgrst_call" };
  const returned =
    plan.returning.length === 0
      ? sql`*`
      : join(
          plan.returning.map((column) => columnName(row, column)),
          ", ",
        );
  const columns = plan.routine.returnsComposite ? returned : sql`pgrst_call.pgrst_scalar`;
  return sql`select ${columns} ${fromCall(plan)}`;
}
