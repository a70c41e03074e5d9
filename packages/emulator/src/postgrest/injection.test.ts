import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ask, type Harness, startHarness } from "./testing/harness.ts";
import { librarySchema } from "./testing/library-schema.ts";

let library: Harness;

beforeAll(async () => {
  library = await startHarness(librarySchema);
});
afterAll(() => library.close());

/** Each would drop a table, read another schema or change the role if it became SQL. */
const attacks = [
  `'; drop table public.book; --`,
  `"; drop table public.book; --`,
  `1); drop table public.book; --`,
  `x" from private.secret --`,
  `' || (select word from private.secret) || '`,
  `(select word from private.secret)`,
  `\\'; drop table public.book; --`,
  `$$; drop table public.book; $$`,
  `*/ drop table public.book; /*`,
  `set role postgres`,
  `"a"") from private.secret union select "word`,
];

/** Every place of a request that takes text, each with the attack in it. */
const places: Readonly<Record<string, (attack: string) => { path: string } & Ask>> = {
  table: (a) => ({ path: `/${encodeURIComponent(a)}` }),
  "table to write": (a) => ({ path: `/${encodeURIComponent(a)}`, method: "POST", body: "{}" }),
  column: (a) => ({ path: `/book?select=${encodeURIComponent(a)}` }),
  "quoted column": (a) => ({ path: `/book?select=${encodeURIComponent(quoted(a))}` }),
  alias: (a) => ({ path: `/book?select=${encodeURIComponent(`${quoted(a)}:id`)}` }),
  cast: (a) => ({ path: `/book?select=${encodeURIComponent(`id::${a}`)}` }),
  aggregate: (a) => ({ path: `/book?select=${encodeURIComponent(`id.${a}()`)}` }),
  "json path": (a) => ({ path: `/author?select=${encodeURIComponent(`x:profile->>${quoted(a)}`)}` }),
  "json path, bare": (a) => ({ path: `/author?select=${encodeURIComponent(`profile->${a}`)}` }),
  embed: (a) => ({ path: `/book?select=${encodeURIComponent(`${quoted(a)}(*)`)}` }),
  "embed alias": (a) => ({ path: `/book?select=${encodeURIComponent(`${quoted(a)}:cover(*)`)}` }),
  "embed hint": (a) => ({ path: `/book?select=${encodeURIComponent(`author!${quoted(a)}(*)`)}` }),
  "filter column": (a) => ({ path: `/book?${encodeURIComponent(quoted(a))}=eq.1` }),
  "filter path": (a) => ({ path: `/author?${encodeURIComponent(`profile->>${quoted(a)}`)}=eq.1` }),
  operator: (a) => ({ path: `/book?id=${encodeURIComponent(a)}.1` }),
  value: (a) => ({ path: `/book?title=eq.${encodeURIComponent(a)}` }),
  pattern: (a) => ({ path: `/book?title=like.${encodeURIComponent(a)}` }),
  list: (a) => ({ path: `/book?title=in.${encodeURIComponent(`(${quoted(a)},${a})`)}` }),
  array: (a) => ({ path: `/book?title=eq(any).${encodeURIComponent(`{${quoted(a)}}`)}` }),
  is: (a) => ({ path: `/book?title=is.${encodeURIComponent(a)}` }),
  distinct: (a) => ({ path: `/book?title=isdistinct.${encodeURIComponent(a)}` }),
  "text search": (a) => ({ path: `/book?title=plfts.${encodeURIComponent(a)}` }),
  "text search language": (a) => ({ path: `/book?title=${encodeURIComponent(`fts(${a}).x`)}` }),
  logic: (a) => ({ path: `/book?or=${encodeURIComponent(`(title.eq.${quoted(a)},${quoted(a)}.is.null)`)}` }),
  "logic value": (a) => ({ path: `/book?or=${encodeURIComponent(`(title.eq.${a})`)}` }),
  order: (a) => ({ path: `/book?order=${encodeURIComponent(quoted(a))}` }),
  "order direction": (a) => ({ path: `/book?order=id.${encodeURIComponent(a)}` }),
  "order by an embed": (a) => ({ path: `/book?select=*,cover(*)&order=${encodeURIComponent(`cover(${quoted(a)})`)}` }),
  limit: (a) => ({ path: `/book?limit=${encodeURIComponent(a)}` }),
  offset: (a) => ({ path: `/book?offset=${encodeURIComponent(a)}` }),
  "embed limit": (a) => ({ path: `/book?${encodeURIComponent(quoted(a))}.limit=1` }),
  Range: (a) => ({ path: "/book", headers: { range: a } }),
  "function name": (a) => ({ path: `/rpc/${encodeURIComponent(a)}` }),
  "function argument": (a) => ({ path: `/rpc/greet?name=${encodeURIComponent(a)}` }),
  "function argument name": (a) => ({ path: `/rpc/greet?${encodeURIComponent(quoted(a))}=1` }),
  "function body": (a) => ({ path: "/rpc/greet", method: "POST", body: JSON.stringify({ name: a }) }),
  "function body key": (a) => ({ path: "/rpc/greet", method: "POST", body: JSON.stringify({ [a]: 1 }) }),
  "variadic argument": (a) => ({ path: `/rpc/joined?words=${encodeURIComponent(a)}` }),
  "whole body": (a) => ({ path: "/rpc/shout", method: "POST", body: a, headers: { "content-type": "text/plain" } }),
  "row key": (a) => ({ path: "/genre", method: "POST", body: JSON.stringify({ [a]: 1 }) }),
  "row value": (a) => ({ path: "/genre", method: "POST", body: JSON.stringify({ id: a }) }),
  columns: (a) => ({ path: `/genre?columns=${encodeURIComponent(quoted(a))}`, method: "POST", body: "{}" }),
  on_conflict: (a) => ({
    path: `/genre?on_conflict=${encodeURIComponent(quoted(a))}`,
    method: "POST",
    body: '{"id": 1}',
    headers: { prefer: "resolution=merge-duplicates" },
  }),
  "update value": (a) => ({ path: "/log?message=eq.none", method: "PATCH", body: JSON.stringify({ message: a }) }),
  "update filter": (a) => ({
    path: `/log?message=eq.${encodeURIComponent(a)}`,
    method: "PATCH",
    body: '{"message": "x"}',
  }),
  "delete filter": (a) => ({ path: `/log?${encodeURIComponent(quoted(a))}=eq.1`, method: "DELETE" }),
  Prefer: (a) => ({ path: "/book", headers: { prefer: `timezone=${a}, count=${a}, max-affected=${a}` } }),
  Accept: (a) => ({ path: "/book", headers: { accept: a } }),
  "content type": (a) => ({ path: "/genre", method: "POST", body: "{}", headers: { "content-type": a } }),
  profile: (a) => ({ path: "/book", headers: { "accept-profile": a } }),
  "other header": (a) => ({ path: "/rpc/whoami", headers: { "user-agent": a } }),
  cookie: (a) => ({ path: "/rpc/whoami", headers: { cookie: `a=${a}` } }),
};

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

describe("text of a request never becomes SQL", () => {
  for (const [place, request] of Object.entries(places)) {
    it(`in ${place}`, async () => {
      for (const attack of attacks) {
        const { path, ...options } = request(attack);
        const { status, text } = await library.ask(path, options);
        expect(status, `${attack} in ${place}: ${text}`).toBeLessThan(500);
        // A syntax error of Postgres would mean that the text had reached its grammar; in a cast it may, as words.
        if (place !== "cast") expect(text, attack).not.toContain('"42601"');
        expect(text).not.toContain("xyzzy");
      }
      expect(await library.query("select count(*)::int as books from book")).toEqual([{ books: 4 }]);
    });
  }

  it("as the role of a token either", async () => {
    for (const role of [...attacks, "postgres, anon"]) {
      const token = await library.mint.mint({ name: "eve", id: "e", session: "e" }, { role });
      const { status } = await library.ask("/book", { headers: { authorization: `Bearer ${token}` } });
      expect(status).toBe(401);
    }
  });
});

describe("any text comes back as it went", () => {
  // NUL is no character of a Postgres text, and half a surrogate pair none of UTF-8.
  const text = fc.string({ unit: "binary", maxLength: 30 }).filter((value) => !/[\0\p{Cs}]/u.test(value));

  it("as a value", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { json } = await library.ask("/rpc/greet", { method: "POST", body: JSON.stringify({ name: value }) });
        expect(json).toBe(`hello ${value}`);
      }),
      { numRuns: 50 },
    );
  });

  it("as an element of a list", async () => {
    await library.exec("delete from log");
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const body = JSON.stringify({ message: value });
        expect((await library.ask("/log", { method: "POST", body })).status).toBe(201);
        const list = encodeURIComponent(`("?",${quoted(value)})`);
        const { json } = await library.ask(`/log?message=in.${list}&limit=1`);
        expect(json).toEqual([{ message: value }]);
      }),
      { numRuns: 50 },
    );
  });

  it("as an alias, up to the length of a name", async () => {
    const short = text.filter((value) => value !== "" && new TextEncoder().encode(value).length < 64);
    await fc.assert(
      fc.asyncProperty(short, async (alias) => {
        const select = encodeURIComponent(`${quoted(alias)}:title`);
        const { json } = await library.ask(`/book?select=${select}&id=eq.1`);
        expect(json).toEqual([{ [alias]: "The Dispossessed" }]);
      }),
      { numRuns: 50 },
    );
  });
});
