import { describe, expect, it } from "vitest";
import { PostgrestError } from "../errors.ts";
import { parseQueryString } from "./query-string.ts";

function failureOf(query: string, isFunctionCall = false): { message: string; details: unknown } {
  try {
    parseQueryString(query, isFunctionCall);
  } catch (error) {
    if (error instanceof PostgrestError) return { message: error.message, details: error.details };
    throw error;
  }
  throw new Error(`"${query}" was parsed`);
}

describe("what does not parse is told with its place and what would have fitted", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "order=id.ac",
      '"failed to parse order (id.ac)" (line 1, column 4)',
      'unexpected "c" expecting "asc", "desc", "nullsfirst" or "nullslast"',
    ],
    [
      "order=id.asc.null",
      '"failed to parse order (id.asc.null)" (line 1, column 8)',
      'unexpected end of input expecting "nullsfirst" or "nullslast"',
    ],
    [
      "order=id.asc.nullsfirst.x",
      '"failed to parse order (id.asc.nullsfirst.x)" (line 1, column 18)',
      "unexpected '.' expecting \",\" or end of input",
    ],
    [
      "and=()",
      '"failed to parse logic tree (())" (line 1, column 5)',
      'unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)',
    ],
    [
      "id=eq()1",
      '"failed to parse filter (eq()1)" (line 1, column 4)',
      'unexpected ")" expecting operator (eq, gt, ...)',
    ],
    ["id=in.1", '"failed to parse filter (in.1)" (line 1, column 4)', 'unexpected "1" expecting "("'],
    [
      "select=a::int::text!",
      '"failed to parse select parameter (a::int::text!)" (line 1, column 13)',
      'unexpected \'!\' expecting letter, digit, ")", "," or end of input',
    ],
    [
      "select=id!x",
      '"failed to parse select parameter (id!x)" (line 1, column 3)',
      'unexpected \'!\' expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input',
    ],
    [
      "select=id->x->",
      '"failed to parse select parameter (id->x->)" (line 1, column 8)',
      'unexpected end of input expecting "-", digit or any non reserved character different from: .,>()',
    ],
    [
      "columns=a,,b",
      '"failed to parse columns parameter (a,,b)" (line 1, column 3)',
      'unexpected "," expecting field name (* or [a..z0..9_$])',
    ],
    [
      "or=(a.eq.1",
      '"failed to parse logic tree ((a.eq.1)" (line 1, column 10)',
      'unexpected end of input expecting "," or ")"',
    ],
    [
      "or=(a.zz.1)",
      '"failed to parse logic tree ((a.zz.1))" (line 1, column 6)',
      'unexpected "z" expecting "not" or operator (eq, gt, ...)',
    ],
  ];
  for (const [query, message, details] of cases) {
    it(query, () => {
      expect(failureOf(query)).toEqual({ message, details });
    });
  }
});

describe("the select parameter", () => {
  it("nests embeds with alias, hint and join type", () => {
    const { select } = parseQueryString("select=a:b!h!inner(c:d::text,...e!left(*))", false);
    expect(select).toMatchObject([
      {
        kind: "relation",
        name: "b",
        alias: "a",
        hint: "h",
        join: "inner",
        isSpread: false,
        children: [
          { kind: "field", field: { name: "d" }, alias: "c", cast: "text" },
          { kind: "relation", name: "e", join: "left", isSpread: true, children: [{ field: { name: "*" } }] },
        ],
      },
    ]);
  });

  it("tells an arrow from a dash in a name", () => {
    const { select } = parseQueryString("select=dash-ed->a-b->>0,n->-1", false);
    expect(select).toMatchObject([
      {
        field: {
          name: "dash-ed",
          path: [
            { arrow: "->", operand: { kind: "key", key: "a-b" } },
            { arrow: "->>", operand: { kind: "index", index: "+0" } },
          ],
        },
      },
      { field: { path: [{ operand: { kind: "index", index: "-1" } }] } },
    ]);
  });

  it("takes nothing for everything, and an empty list for nothing", () => {
    expect(parseQueryString("", false).select).toMatchObject([{ field: { name: "*" } }]);
    expect(parseQueryString("select=", false).select).toEqual([]);
  });
});

describe("filters", () => {
  it("keep everything after the operator as the value", () => {
    const { filters } = parseQueryString("t=eq.a.b,(c)%22&t=not.like.*x", false);
    expect(filters.map(({ value }) => value)).toMatchObject([
      { isNegated: false, operation: { operator: "eq", value: 'a.b,(c)"' } },
      { isNegated: true, operation: { operator: "like", value: "*x" } },
    ]);
  });

  it("read quoted elements of a list with their escapes", () => {
    const { filters } = parseQueryString(`id=in.(a,"b,c","d\\"e","f"g,)`, false);
    expect(filters[0]?.value.operation).toEqual({ kind: "in", values: ["a", "b,c", 'd"e', '"f"g', ""] });
  });

  it("are arguments of a function when they have no operator", () => {
    const parsed = parseQueryString("a=1&b=eq.2&c=equals", true);
    expect(parsed.functionArguments).toEqual([
      { name: "a", value: "1" },
      { name: "c", value: "equals" },
    ]);
    expect(parsed.filters).toHaveLength(1);
    expect(failureOf("a=in.5", true).details).toBe('unexpected "5" expecting "("');
  });

  it("reach into embeds, logic too", () => {
    const { filters, logic } = parseQueryString("a.b.c=gt.1&a.not.or=(x.eq.1,and(y.is.null,z.in.(1,2)))", false);
    expect(filters[0]).toMatchObject({ path: ["a", "b"], value: { field: { name: "c" } } });
    expect(logic[0]).toMatchObject({
      path: ["a"],
      value: { kind: "group", isNegated: true, operator: "or", children: [{ kind: "filter" }, { operator: "and" }] },
    });
  });
});

describe("the canonical form", () => {
  it("is sorted, joins equal names and encodes what is not ASCII byte by byte", () => {
    const { canonical } = parseQueryString("b=1&a=x+y;b=2&c&%C3%A9=%E6%97%A5", true);
    expect(canonical).toBe("a=x%20y&b=1,2&c=&%C3%83%C2%A9=%C3%A6%C2%97%C2%A5");
  });
});
