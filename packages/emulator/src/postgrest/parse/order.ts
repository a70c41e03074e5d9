import type { OrderTerm } from "./ast.ts";
import { delimiter, field, fieldName, lexeme } from "./field.ts";
import {
  after,
  attempt,
  between,
  chain,
  char,
  endOfInput,
  followedBy,
  lookAhead,
  map,
  optional,
  or,
  type Parser,
  separatedBy1,
  string,
  succeed,
} from "./parser.ts";

type Placement = Pick<OrderTerm, "direction" | "nulls">;

function suffix<T extends string>(name: T): Parser<T> {
  return map(attempt(after(delimiter, string(name))), () => name);
}

const direction = optional(or(suffix("asc"), suffix("desc")));
const nulls = or(suffix("nullsfirst"), suffix("nullslast"));
const end = or<unknown, unknown>(attempt(lookAhead(char(","))), attempt(endOfInput));

const placement: Parser<Placement> = chain(direction, (way) =>
  map(
    or(followedBy(optional(nulls), end), after(end, succeed(undefined))),
    (where): Placement => ({ direction: way, nulls: where }),
  ),
);

const relationTerm: Parser<OrderTerm> = chain(fieldName, (relation) =>
  chain(between(char("("), char(")"), field), (target) =>
    map(placement, (placed): OrderTerm => ({ field: target, relation, ...placed })),
  ),
);

const fieldTerm: Parser<OrderTerm> = chain(field, (target) =>
  map(placement, (placed): OrderTerm => ({ field: target, relation: undefined, ...placed })),
);

/** The value of `order=`. */
export const order: Parser<OrderTerm[]> = separatedBy1(lexeme(or(attempt(relationTerm), fieldTerm)), char(","));
