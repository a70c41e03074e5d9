import type {
  Filter,
  FullTextOperator,
  IsValue,
  LogicTree,
  Operation,
  OperationExpression,
  QuantifiedOperator,
  SimpleOperator,
} from "./ast.ts";
import { delimiter, field, fieldName, identifier, lexeme, quotedValue } from "./field.ts";
import {
  after,
  anyChar,
  attempt,
  between,
  chain,
  char,
  choice,
  followedBy,
  label,
  many,
  map,
  noneOf,
  notFollowedBy,
  optional,
  or,
  type Parser,
  satisfy,
  separatedBy1,
  string,
  succeed,
} from "./parser.ts";

function oneOfNames<T extends string>(names: readonly T[]): Parser<T> {
  return choice(...names.map((name) => map(attempt(string(name)), () => name)));
}

// "gte" before "gt": the first name that fits is taken.
const simpleNames: readonly SimpleOperator[] = ["neq", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj"];
const quantifiedNames: readonly QuantifiedOperator[] = [
  "eq",
  "gte",
  "gt",
  "lte",
  "lt",
  "like",
  "ilike",
  "match",
  "imatch",
];
const fullTextNames: readonly FullTextOperator[] = ["fts", "plfts", "phfts", "wfts"];
const isNames: readonly IsValue[] = ["null", "not_null", "true", "false", "unknown"];

function caseInsensitive(name: string): Parser<string> {
  const characters = Array.from(name).map((wanted) =>
    satisfy((actual) => actual === wanted || actual === wanted.toUpperCase()),
  );
  return characters.reduce<Parser<string>>((before, next) => after(before, next), succeed(""));
}

const isValue: Parser<IsValue> = label(
  choice(...isNames.map((name) => map(attempt(caseInsensitive(name)), () => name))),
  "isVal: (null, not_null, true, false, unknown)",
);

// A quoted element may contain commas and parentheses; quotes inside an unquoted one are ordinary characters.
const wholeQuotedValue = attempt(followedBy(quotedValue, notFollowedBy(noneOf(",)"))));
const bareValue = map(many(noneOf(",)")), (c) => c.join(""));
const listValue: Parser<string[]> = between(
  lexeme(char("(")),
  lexeme(char(")")),
  separatedBy1(or(wholeQuotedValue, bareValue), char(",")),
);

const quantifier = optional(
  attempt(
    between(
      char("("),
      char(")"),
      or(
        map(attempt(string("any")), () => "any" as const),
        map(string("all"), () => "all" as const),
      ),
    ),
  ),
);

function operation(value: Parser<string>): Parser<Operation> {
  const isIn = map(
    after(attempt(after(string("in"), delimiter)), listValue),
    (values): Operation => ({ kind: "in", values }),
  );
  const is = map(
    after(attempt(after(string("is"), delimiter)), isValue),
    (is): Operation => ({ kind: "is", value: is }),
  );
  const isDistinct = map(
    after(attempt(after(string("isdistinct"), delimiter)), value),
    (distinct): Operation => ({ kind: "isdistinct", value: distinct }),
  );
  const fullText = chain(oneOfNames(fullTextNames), (operator) =>
    chain(optional(attempt(between(char("("), char(")"), identifier))), (language) =>
      map(after(delimiter, value), (text): Operation => ({ kind: "fullText", operator, language, value: text })),
    ),
  );
  const simple = chain(label(oneOfNames(simpleNames), "unknown single value operator"), (operator) =>
    map(after(delimiter, value), (text): Operation => ({ kind: "simple", operator, value: text })),
  );
  const quantified = chain(label(oneOfNames(quantifiedNames), "unknown single value operator"), (operator) =>
    chain(quantifier, (quantity) =>
      map(
        after(delimiter, value),
        (text): Operation => ({ kind: "quantified", operator, quantifier: quantity, value: text }),
      ),
    ),
  );
  return label(
    choice(isIn, is, isDistinct, attempt(fullText), attempt(simple), attempt(quantified)),
    "operator (eq, gt, ...)",
  );
}

const negation: Parser<boolean> = or(
  map(attempt(after(string("not"), delimiter)), () => true),
  succeed(false),
);

function operationExpression(value: Parser<string>): Parser<OperationExpression> {
  return chain(negation, (isNegated) => map(operation(value), (op) => ({ isNegated, operation: op })));
}

/** The right side of `column=eq.value`: everything after the operator is the value. */
export const filterExpression: Parser<OperationExpression> = operationExpression(map(many(anyChar), (c) => c.join("")));

// {a,b} keeps its commas.
const arrayLiteral = map(between(char("{"), char("}"), many(noneOf("{}"))), (c) => `{${c.join("")}}`);
const logicValue = choice(wholeQuotedValue, attempt(arrayLiteral), bareValue);

const logicFilter: Parser<Filter> = chain(followedBy(field, delimiter), (target) =>
  map(operationExpression(logicValue), (expression): Filter => ({ kind: "filter", field: target, ...expression })),
);

const logicNegation = label(negation, "negation operator (not)");
const logicOperator = label(
  or(
    map(attempt(string("and")), () => "and" as const),
    map(string("or"), () => "or" as const),
  ),
  "logic operator (and, or)",
);

const logicGroup: Parser<LogicTree> = chain(logicNegation, (isNegated) =>
  chain(logicOperator, (operator) =>
    map(
      between(
        lexeme(char("(")),
        lexeme(char(")")),
        separatedBy1<LogicTree>((input, position) => logicTree(input, position), lexeme(char(","))),
      ),
      (children): LogicTree => ({ kind: "group", isNegated, operator, children }),
    ),
  ),
);

/** `or(a.eq.1,not.and(b.is.null,c.gt.2))`. */
export const logicTree: Parser<LogicTree> = or<LogicTree, LogicTree>(attempt(logicFilter), logicGroup);

/** `embed.not.or`: the embeds on the way, and the operator to put before the value. */
export const logicPath: Parser<{ path: string[]; operator: string }> = map(
  separatedBy1(fieldName, delimiter),
  (names) => ({
    path: names.slice(0, -1).filter((name) => name !== "not"),
    operator: names.includes("not") ? `not.${names.at(-1)}` : (names.at(-1) ?? ""),
  }),
);
