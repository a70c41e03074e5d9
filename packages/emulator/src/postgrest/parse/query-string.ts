import { PostgrestError } from "../errors.ts";
import { combineLimitAndOffset, limitRange, offsetRange, type RowRange } from "../http/range.ts";
import type { AtPath, Field, Filter, LogicTree, OperationExpression, OrderTerm, SelectItem } from "./ast.ts";
import { columnList, treePath } from "./field.ts";
import { filterExpression, logicPath, logicTree } from "./filter.ts";
import { tooDeep, tooDeepJson } from "./limits.ts";
import { order } from "./order.ts";
import { or, type ParseResult, type Parser, parse, succeed } from "./parser.ts";
import { canonicalQuery, type QueryParameter, splitQuery } from "./query-parameters.ts";
import { select } from "./select.ts";

export interface QueryString {
  /** Sorted by name: the content-location of the answer. */
  readonly canonical: string;
  readonly select: readonly SelectItem[];
  readonly filters: readonly AtPath<Filter>[];
  /** The names before the operators, as they were written. */
  readonly filterNames: ReadonlySet<string>;
  readonly logic: readonly AtPath<LogicTree>[];
  readonly order: readonly AtPath<readonly OrderTerm[]>[];
  /** By the name of the parameter, "limit" or "embed.limit". */
  readonly ranges: ReadonlyMap<string, RowRange>;
  readonly columns: readonly string[] | undefined;
  readonly onConflict: readonly string[] | undefined;
  /** Arguments of a function that is called by GET: parameters without an operator. */
  readonly functionArguments: readonly { readonly name: string; readonly value: string }[];
}

const reserved = new Set(["select", "columns", "on_conflict"]);

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function unwrap<T>(result: ParseResult<T>, what: string): T {
  if (result.ok) return result.value;
  throw new PostgrestError(400, "PGRST100", `"failed to parse ${what}" ${result.position}`, {
    details: result.details,
  });
}

function checkDepth(details: string | undefined, what: string): void {
  if (details === undefined) return;
  throw new PostgrestError(400, "PGRST100", `"failed to parse ${what}"`, { details });
}

function parsed<T>(parser: Parser<T>, text: string, what: string): T {
  return unwrap(parse(parser, text), `${what} (${text})`);
}

function pathOf(name: string): AtPath<Field> {
  return parsed(treePath, name, "tree path");
}

/** The path of "embed.limit" or "embed.order". */
export function parameterPath(name: string): readonly string[] {
  return pathOf(name).path;
}

function parseLogic({ name, value }: QueryParameter): AtPath<LogicTree> {
  checkDepth(tooDeep(value), "logic tree");
  const { path, operator } = parsed(logicPath, name, "logic path");
  return { path, value: unwrap(parse(logicTree, operator + value), `logic tree (${value})`) };
}

function sortedSet(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

function parseRanges(parameters: readonly QueryParameter[]): Map<string, RowRange> {
  const limits = new Map<string, RowRange>();
  const offsets = new Map<string, RowRange>();
  for (const { name, value } of parameters) {
    const word = lastWord(name);
    if (word === "limit") limits.set(name, limitRange(value));
    if (word === "offset") offsets.set(`${name.slice(0, name.length - word.length)}limit`, offsetRange(value));
  }
  const ranges = new Map(limits);
  for (const [name, offset] of offsets) {
    const limit = limits.get(name);
    ranges.set(name, limit === undefined ? offset : combineLimitAndOffset(limit, offset));
  }
  return ranges;
}

type FilterOrArgument = { readonly filter: AtPath<Filter> } | { readonly name: string; readonly value: string };

// What does not begin like an operator is an argument; what begins like one and goes wrong is an error.
const filterOrArgument: Parser<OperationExpression | undefined> = or(filterExpression, succeed(undefined));

function parseFilter({ name, value }: QueryParameter, isFunctionCall: boolean): FilterOrArgument {
  const target = pathOf(name);
  const expression = parsed(isFunctionCall ? filterOrArgument : filterExpression, value, "filter");
  if (expression === undefined) return { name: target.value.name, value };
  return { filter: { path: target.path, value: { kind: "filter", field: target.value, ...expression } } };
}

/** @param isFunctionCall whether parameters without an operator are arguments (a function called by GET) */
export function parseQueryString(text: string, isFunctionCall: boolean): QueryString {
  const all = splitQuery(text);
  const parameters = all.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
  for (const { value } of parameters) checkDepth(tooDeepJson(value), "filter");
  const first = (name: string): string | undefined => all.find((parameter) => parameter.name === name)?.value;
  const ending = (...words: string[]): QueryParameter[] => parameters.filter((p) => words.includes(lastWord(p.name)));
  const filterLike = parameters.filter(
    ({ name }) => !reserved.has(name) && !["order", "limit", "offset", "and", "or"].includes(lastWord(name)),
  );

  const orders = ending("order").map(({ name, value }) => ({
    path: parameterPath(name),
    value: parsed(order, value, "order"),
  }));
  const logic = ending("and", "or").map(parseLogic);
  const columns = first("columns");
  const parsedColumns = columns === undefined ? undefined : sortedSet(parsed(columnList, columns, "columns parameter"));
  checkDepth(tooDeep(first("select") ?? ""), "select parameter");
  const parsedSelect = parsed(select, first("select") ?? "*", "select parameter");
  const filters = filterLike.map((parameter) => parseFilter(parameter, isFunctionCall));
  const onConflict = first("on_conflict");
  return {
    canonical: canonicalQuery(all),
    select: parsedSelect,
    filters: filters.flatMap((entry) => ("filter" in entry ? [entry.filter] : [])),
    filterNames: new Set(filterLike.map(({ name }) => name)),
    logic,
    order: orders,
    ranges: parseRanges(parameters),
    columns: parsedColumns,
    onConflict: onConflict === undefined ? undefined : parsed(columnList, onConflict, "on_conflict parameter"),
    functionArguments: filters.flatMap((entry) => ("filter" in entry ? [] : [entry])),
  };
}
