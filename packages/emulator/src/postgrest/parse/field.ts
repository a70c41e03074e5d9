import type { AtPath, Field, JsonOperand, JsonOperation } from "./ast.ts";
import { maxDepth } from "./limits.ts";
import { failure } from "./parse-failure.ts";
import {
  after,
  anyChar,
  attempt,
  between,
  chain,
  char,
  choice,
  digit,
  endOfInput,
  followedBy,
  label,
  letter,
  lookAhead,
  many,
  many1,
  map,
  noneOf,
  notFollowedBy,
  oneOf,
  or,
  type Parser,
  separatedBy1,
  string,
  succeed,
} from "./parser.ts";

const spaces: Parser<unknown> = many(oneOf(" \t"));

export function lexeme<T>(parser: Parser<T>): Parser<T> {
  return between(spaces, spaces, parser);
}

export const delimiter: Parser<string> = label(char("."), "delimiter (.)");

const quotedCharacter = or(noneOf('\\"'), after(char("\\"), anyChar));
export const quotedValue: Parser<string> = map(between(char('"'), char('"'), many(quotedCharacter)), (c) => c.join(""));

export const identifier: Parser<string> = map(many1(choice(letter, digit, oneOf("_ $"))), (c) => c.join("").trim());

// A dash belongs to the name, unless it begins an arrow.
const dash = attempt(followedBy(char("-"), notFollowedBy(char(">"))));

function separatedByDash(part: Parser<string>): Parser<string> {
  return map(separatedBy1(part, dash), (parts) => parts.join("-"));
}

export const fieldName: Parser<string> = label(
  or(quotedValue, separatedByDash(identifier)),
  "field name (* or [a..z0..9_$])",
);

const jsonKeyPart = map(many1(noneOf("(-:.,>)")), (c) => c.join("").trim());
const jsonKey: Parser<JsonOperand> = map(
  label(or(quotedValue, separatedByDash(jsonKeyPart)), "any non reserved character different from: .,>()"),
  (key) => ({ kind: "key", key }),
);

const jsonIndexEnd = choice<unknown>(
  attempt(lookAhead(string("->"))),
  attempt(lookAhead(string("::"))),
  attempt(lookAhead(string("."))),
  attempt(lookAhead(string(","))),
  attempt(endOfInput),
);
const jsonIndex: Parser<JsonOperand> = followedBy(
  chain(or(char("-"), succeed("+")), (sign) =>
    map(many1(digit), (digits): JsonOperand => ({ kind: "index", index: sign + digits.join("") })),
  ),
  jsonIndexEnd,
);

const jsonArrow: Parser<JsonOperation["arrow"]> = or(
  map(attempt(string("->>")), (): JsonOperation["arrow"] => "->>"),
  map(attempt(string("->")), (): JsonOperation["arrow"] => "->"),
);

const jsonSteps: Parser<JsonOperation[]> = many(
  chain(jsonArrow, (arrow) => map(or(attempt(jsonIndex), attempt(jsonKey)), (operand) => ({ arrow, operand }))),
);

const jsonPath: Parser<JsonOperation[]> = (input, position) => {
  const reply = jsonSteps(input, position);
  if (!reply.ok || reply.value.length <= maxDepth) return reply;
  return {
    ok: false,
    consumed: true,
    error: failure(reply.position, "unexpected", `path of more than ${maxDepth} steps`),
  };
};

export const field: Parser<Field> = lexeme(
  chain(fieldName, (name) => map(or(jsonPath, succeed([])), (path) => ({ name, path }))),
);

/** `embed.embed.column->key`, the left side of a filter. */
export const treePath: Parser<AtPath<Field>> = chain(separatedBy1(fieldName, delimiter), (names) =>
  map(or(jsonPath, succeed([])), (path) => ({
    path: names.slice(0, -1),
    value: { name: names.at(-1) ?? "", path },
  })),
);

/** `columns=` and `on_conflict=`. */
export const columnList: Parser<string[]> = separatedBy1(fieldName, lexeme(char(",")));
