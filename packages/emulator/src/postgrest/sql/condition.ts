import type { FullTextOperator, IsValue, Operation, QuantifiedOperator, SimpleOperator } from "../parse/ast.ts";
import type { Condition, JoinCondition, Qualifier } from "../plan/read-plan.ts";
import { columnName, columnValue } from "./column.ts";
import { bind, empty, type Fragment, join, name, sql } from "./fragment.ts";

const simpleOperators: Readonly<Record<SimpleOperator, Fragment>> = {
  neq: sql`<>`,
  cs: sql`@>`,
  cd: sql`<@`,
  ov: sql`&&`,
  sl: sql`<<`,
  sr: sql`>>`,
  nxr: sql`&<`,
  nxl: sql`&>`,
  adj: sql`-|-`,
};

const quantifiedOperators: Readonly<Record<QuantifiedOperator, Fragment>> = {
  eq: sql`=`,
  gte: sql`>=`,
  gt: sql`>`,
  lte: sql`<=`,
  lt: sql`<`,
  like: sql`like`,
  ilike: sql`ilike`,
  match: sql`~`,
  imatch: sql`~*`,
};

const fullTextFunctions: Readonly<Record<FullTextOperator, Fragment>> = {
  fts: sql`to_tsquery`,
  plfts: sql`plainto_tsquery`,
  phfts: sql`phraseto_tsquery`,
  wfts: sql`websearch_to_tsquery`,
};

const isValues: Readonly<Record<IsValue, Fragment>> = {
  null: sql`null`,
  not_null: sql`not null`,
  true: sql`true`,
  false: sql`false`,
  unknown: sql`unknown`,
};

/** An array without a type, so that it takes the one of the column. */
function arrayLiteral(values: readonly string[]): Fragment {
  const quoted = values.map((value) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`);
  return bind(`{${quoted.join(",")}}`);
}

function quantified(operation: Extract<Operation, { kind: "quantified" }>): Fragment {
  const { operator, quantifier, value } = operation;
  // A star is easier to send in a URL than a percent sign.
  const isPattern = operator === "like" || operator === "ilike";
  const bound = bind(isPattern ? value.replaceAll("*", "%") : value);
  const symbol = quantifiedOperators[operator];
  if (quantifier === "any") return sql` ${symbol} any(${bound})`;
  if (quantifier === "all") return sql` ${symbol} all(${bound})`;
  return sql` ${symbol} ${bound}`;
}

function comparison(operation: Operation): Fragment {
  switch (operation.kind) {
    case "simple":
      return sql` ${simpleOperators[operation.operator]} ${bind(operation.value)}`;
    case "quantified":
      return quantified(operation);
    case "in": {
      const isEmptyList = operation.values.length === 1 && operation.values[0] === "";
      return isEmptyList ? sql` = any('{}')` : sql` = any(${arrayLiteral(operation.values)})`;
    }
    case "is":
      return sql` is ${isValues[operation.value]}`;
    case "isdistinct":
      return sql` is distinct from ${bind(operation.value)}`;
    case "fullText": {
      const language = operation.language === undefined ? empty : sql`${bind(operation.language)}, `;
      return sql` @@ ${fullTextFunctions[operation.operator]}(${language}${bind(operation.value)})`;
    }
  }
}

function filter(qualifier: Qualifier, condition: Extract<Condition, { kind: "filter" }>): Fragment {
  const { column, isNegated, operation } = condition;
  const not = isNegated ? sql`not ` : empty;
  let value = columnValue(qualifier, column);
  if (operation.kind === "fullText" && column.isText) {
    const language = operation.language === undefined ? empty : sql`${bind(operation.language)}, `;
    value = sql`to_tsvector(${language}${value})`;
  }
  return sql`${not}${value}${comparison(operation)}`;
}

/** @param emptyEmbed how the question for an empty embed is put here; it differs where rows are only counted */
export function conditionSql(
  qualifier: Qualifier,
  condition: Condition,
  emptyEmbed: (embed: string, isNegated: boolean) => Fragment = joinedEmbedIsEmpty,
): Fragment {
  if (condition.kind === "filter") return filter(qualifier, condition);
  if (condition.kind === "emptyEmbed") return emptyEmbed(condition.embed, condition.isNegated);
  const children = condition.children.map((child) => conditionSql(qualifier, child, emptyEmbed));
  const not = condition.isNegated ? sql`not ` : empty;
  return sql`${not}(${join(children, condition.operator === "and" ? " and " : " or ")})`;
}

function joinedEmbedIsEmpty(embed: string, isNegated: boolean): Fragment {
  return isNegated ? sql`${name(embed)} is distinct from null` : sql`${name(embed)} is not distinct from null`;
}

export function joinConditionSql({ left, leftColumn, right, rightColumn }: JoinCondition): Fragment {
  return sql`${columnName(left, leftColumn)} = ${columnName(right, rightColumn)}`;
}

export function whereSql(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? empty : sql` where ${join(conditions, " and ")}`;
}
