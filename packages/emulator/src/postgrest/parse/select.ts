import type { Aggregate, JoinType, SelectItem } from "./ast.ts";
import { field, fieldName, identifier, lexeme } from "./field.ts";
import {
  after,
  attempt,
  between,
  chain,
  char,
  choice,
  endOfInput,
  fail,
  followedBy,
  lookAhead,
  map,
  notFollowedBy,
  optional,
  or,
  type Parser,
  separatedBy,
  string,
  succeed,
} from "./parser.ts";

type RelationHead = Omit<Extract<SelectItem, { kind: "relation" }>, "children">;
type EmbedParameter = { readonly join: JoinType } | { readonly hint: string };

// "a::text" is a cast, not an alias.
const aliasSeparator = after(char(":"), notFollowedBy(char(":")));
const alias: Parser<string | undefined> = optional(attempt(followedBy(fieldName, aliasSeparator)));

const embedParameter: Parser<EmbedParameter> = after(
  char("!"),
  choice<EmbedParameter>(
    map(attempt(string("left")), (): EmbedParameter => ({ join: "left" })),
    map(attempt(string("inner")), (): EmbedParameter => ({ join: "inner" })),
    map(attempt(fieldName), (hint): EmbedParameter => ({ hint })),
  ),
);

const embedParameters: Parser<{ hint: string | undefined; join: JoinType | undefined }> = chain(
  optional(embedParameter),
  (first) =>
    map(optional(embedParameter), (second) => {
      const given = [first, second];
      const hint = given.find((parameter) => parameter !== undefined && "hint" in parameter);
      const join = given.find((parameter) => parameter !== undefined && "join" in parameter);
      return {
        hint: hint !== undefined && "hint" in hint ? hint.hint : undefined,
        join: join !== undefined && "join" in join ? join.join : undefined,
      };
    }),
);

const opensEmbed = attempt(lookAhead(string("(")));

const spreadHead: Parser<RelationHead> = lexeme(
  chain(after(string("..."), fieldName), (name) =>
    followedBy(
      map(
        embedParameters,
        (parameters): RelationHead => ({
          kind: "relation",
          name,
          alias: undefined,
          isSpread: true,
          ...parameters,
        }),
      ),
      opensEmbed,
    ),
  ),
);

const relationHead: Parser<RelationHead> = lexeme(
  chain(alias, (relationAlias) =>
    chain(
      // "count(" belongs to the aggregate.
      chain(fieldName, (name) => (name === "count" ? fail : succeed(name))),
      (name) =>
        followedBy(
          map(
            embedParameters,
            (parameters): RelationHead => ({
              kind: "relation",
              name,
              alias: relationAlias,
              isSpread: false,
              ...parameters,
            }),
          ),
          opensEmbed,
        ),
    ),
  ),
);

const fieldEnd = choice<unknown>(attempt(lookAhead(string(")"))), attempt(lookAhead(string(","))), attempt(endOfInput));

const plain = { alias: undefined, cast: undefined, aggregate: undefined } as const;
const star: Parser<SelectItem> = attempt(
  followedBy(
    map(string("*"), (name): SelectItem => ({ kind: "field", field: { name, path: [] }, ...plain })),
    fieldEnd,
  ),
);

const cast: Parser<string | undefined> = optional(after(string("::"), identifier));

const countOfRows: Parser<SelectItem> = attempt(
  chain(alias, (name) =>
    map(
      followedBy(after(string("count()"), cast), fieldEnd),
      (): SelectItem => ({ kind: "field", field: { name: "*", path: [] }, ...plain, alias: name, aggregate: "count" }),
    ),
  ),
);

function named(name: Aggregate): Parser<Aggregate> {
  return map(attempt(string(name)), () => name);
}
const aggregate: Parser<Aggregate | undefined> = optional(
  attempt(
    after(
      char("."),
      followedBy(choice(named("sum"), named("avg"), named("count"), named("max"), named("min")), string("()")),
    ),
  ),
);

const column: Parser<SelectItem> = chain(alias, (name) =>
  chain(field, (target) =>
    chain(cast, (type) =>
      chain(aggregate, (fn) =>
        map(
          after(cast, fieldEnd),
          (): SelectItem => ({ kind: "field", field: target, alias: name, cast: type, aggregate: fn }),
        ),
      ),
    ),
  ),
);

const fieldSelect: Parser<SelectItem> = lexeme(choice(star, countOfRows, column));

function withChildren(head: Parser<RelationHead>): Parser<SelectItem> {
  return chain(attempt(head), (relation) =>
    map(between(char("("), char(")"), select), (children): SelectItem => ({ ...relation, children })),
  );
}

const selectItem: Parser<SelectItem> = or(withChildren(spreadHead), or(withChildren(relationHead), fieldSelect));

/** The value of `select=`. */
export const select: Parser<SelectItem[]> = (input, position) =>
  separatedBy(selectItem, lexeme(char(",")))(input, position);
