import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./testing/harness.ts";
import { librarySchema } from "./testing/library-schema.ts";

let library: Harness;

beforeAll(async () => {
  library = await startHarness(librarySchema);
});
afterAll(() => library.close());

async function json(path: string, options?: Parameters<Harness["ask"]>[1]): Promise<unknown> {
  const { json: value, status } = await library.ask(path, options);
  return status < 300 ? value : { status, ...(typeof value === "object" ? value : {}) };
}

describe("embeds", () => {
  it("go through a junction in both directions", async () => {
    expect(await json("/book?select=title,genre(name)&id=eq.1&genre.order=name")).toEqual([
      { title: "The Dispossessed", genre: [{ name: "philosophy" }, { name: "science fiction" }] },
    ]);
    expect(await json("/genre?select=name,book!book_genre(title)&id=eq.2")).toEqual([
      { name: "philosophy", book: [{ title: "The Dispossessed" }] },
    ]);
  });

  it("tell children from the parent of a row in the same table", async () => {
    expect(
      await json("/author?select=name,pupils:author(name),mentor:mentor_id(name)&order=id&pupils.order=id"),
    ).toEqual([
      { name: "Ursula", pupils: [{ name: "Stanislaw" }, { name: "Octavia" }], mentor: null },
      { name: "Stanislaw", pupils: [], mentor: { name: "Ursula" } },
      { name: "Octavia", pupils: [], mentor: { name: "Ursula" } },
    ]);
  });

  it("of a one-to-one key are objects from both sides", async () => {
    expect(await json("/book?select=id,cover(colour)&id=in.(1,3)&order=id")).toEqual([
      { id: 1, cover: { colour: "red" } },
      { id: 3, cover: null },
    ]);
    expect(await json("/cover?select=colour,book(title)&book_id=eq.2")).toEqual([
      { colour: "blue", book: { title: "Solaris" } },
    ]);
  });

  it("with two keys to one table need a hint, and the error lists the choices", async () => {
    const { status, json: error } = await library.ask("/book?select=author(name)");
    expect(status).toBe(300);
    expect(error).toMatchObject({
      code: "PGRST201",
      message: "Could not embed because more than one relationship was found for 'book' and 'author'",
      details: [
        {
          cardinality: "many-to-one",
          embedding: "book with author",
          relationship: "book_author_id_fkey using book(author_id) and author(id)",
        },
        { relationship: "book_editor_id_fkey using book(editor_id) and author(id)" },
      ],
    });
    expect(await json("/book?select=author!book_editor_id_fkey(name)&id=eq.2")).toEqual([
      { author: { name: "Ursula" } },
    ]);
    expect(await json("/book?select=author!author_id(name)&id=eq.2")).toEqual([{ author: { name: "Stanislaw" } }]);
  });

  it("can be computed by a function", async () => {
    expect(await json("/author?select=name,long_books(title)&id=eq.1")).toEqual([
      { name: "Ursula", long_books: [{ title: "The Dispossessed" }] },
    ]);
    expect(await json("/book?select=title_length,main_author(name)&id=eq.2")).toEqual([
      { title_length: 7, main_author: { name: "Stanislaw" } },
    ]);
  });

  it("spread one row into its parent and many rows into arrays", async () => {
    expect(await json("/cover?select=colour,...book(title,...author!author_id(name))&book_id=eq.1")).toEqual([
      { colour: "red", title: "The Dispossessed", name: "Ursula" },
    ]);
    expect(
      await json("/author?select=name,...book!author_id(titles:title,pages)&id=eq.1&book.order=pages.asc"),
    ).toEqual([{ name: "Ursula", titles: ["The Lathe of Heaven", "The Dispossessed"], pages: [184, 341] }]);
  });

  it("spread over many rows name the columns of a star, below them too", async () => {
    expect(await json("/author?select=name,...book!author_id(title,...cover(*))&id=eq.2")).toEqual([
      { name: "Stanislaw", title: ["Solaris"], book_id: [2], colour: ["blue"] },
    ]);
  });

  it("know the keys that a view shows, through other views too", async () => {
    expect(await json("/writer?select=name,shelf_mark!writer(mark)&id=eq.2")).toEqual([
      { name: "Stanislaw", shelf_mark: [{ mark: 2 }] },
    ]);
    expect(await json("/shelf_mark?select=loud,cover(colour)&mark=eq.1")).toEqual([
      { loud: "The Dispossessed!", cover: { colour: "red" } },
    ]);
    expect(await json("/short_mark?select=mark,author(name)&mark=eq.4")).toEqual([
      { mark: 4, author: { name: "Octavia" } },
    ]);
    expect(await json("/shelf_mark?select=mark,author(name)")).toMatchObject({ status: 300, code: "PGRST201" });
  });

  it("that are inner filter the parent, and are counted so", async () => {
    const inner = await library.ask("/author?select=name,book!author_id!inner(title)&book.pages=gt.250&order=id", {
      headers: { prefer: "count=exact" },
    });
    expect(inner.json).toEqual([
      { name: "Ursula", book: [{ title: "The Dispossessed" }] },
      { name: "Octavia", book: [{ title: "Kindred" }] },
    ]);
    expect(inner.headers.get("content-range")).toBe("0-1/2");
  });

  it("that have no rows can be asked for, and are counted so", async () => {
    const none = await library.ask("/book?select=id,cover(*)&cover=is.null&order=id", {
      headers: { prefer: "count=exact" },
    });
    expect(none.json).toEqual([
      { id: 3, cover: null },
      { id: 4, cover: null },
    ]);
    expect(none.headers.get("content-range")).toBe("0-1/2");
    expect(await json("/book?select=id,cover()&or=(cover.not.is.null,id.eq.4)&order=id")).toEqual([
      { id: 1 },
      { id: 2 },
      { id: 4 },
    ]);
  });

  it("cannot be named in a filter or an order when they are not selected", async () => {
    expect(await json("/book?cover.colour=eq.red")).toMatchObject({ status: 400, code: "PGRST108" });
    expect(await json("/author?select=id,book!author_id(*)&order=book(title)")).toMatchObject({
      code: "PGRST118",
      details: "'author' and 'book' do not form a many-to-one or one-to-one relationship",
    });
  });
});

describe("values", () => {
  it("of a text search column are searched as they are, others are indexed first", async () => {
    expect(await json("/book?select=id&search=fts(english).heavens")).toEqual([{ id: 3 }]);
    expect(await json("/book?select=id&title=plfts(english).heavens")).toEqual([{ id: 3 }]);
    expect(await json("/paper?select=id&body=fts(english).theories")).toEqual([{ id: 1 }]);
    expect(await json("/paper?select=id&summary=fts(english).theory")).toEqual([{ id: 1 }]);
  });

  it("reach into JSON of any type of column", async () => {
    expect(await json("/author?select=p:profile->places->>-1,mentor_id&profile->born=eq.1929")).toEqual([
      { p: "Portland", mentor_id: null },
    ]);
    expect(await json("/book?select=tags->0&id=eq.1")).toEqual([{ tags: "utopia" }]);
  });

  it("keep the precision of numbers", async () => {
    expect((await library.ask("/book?select=price&id=eq.1")).text).toBe('[{"price":9.50}]');
  });

  it("stand in tables with any name", async () => {
    const { status, headers } = await library.ask(`/${encodeURIComponent("表")}`);
    expect(status).toBe(200);
    expect(headers.get("content-location")).toBe(`/${Buffer.from("表").toString("latin1")}`);
  });

  it("stand under names that need quotes", async () => {
    const path = `/${encodeURIComponent('odd "name"')}?select=${encodeURIComponent('"a b","quo\\"te",dash-ed')}&%22a%20b%22=eq.1`;
    expect(await json(path)).toEqual([{ "a b": 1, 'quo"te': "q", "dash-ed": "d" }]);
  });

  it("fit all of a list, or any", async () => {
    expect(await json("/book?select=id&title=ilike(all).{*e*,*s*,the*}&order=id")).toEqual([{ id: 1 }]);
    expect(await json("/book?select=id&pages=lt(any).{190,210}&order=id")).toEqual([{ id: 2 }, { id: 3 }]);
  });
});

describe("functions", () => {
  it("take arguments from the URL, a JSON body or a form", async () => {
    expect(await json("/rpc/add?a=1&b=2")).toBe(3);
    expect(await json("/rpc/add", { method: "POST", body: '{"a": 3, "b": 4}' })).toBe(7);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(await json("/rpc/add", { method: "POST", body: "a=5&b=6", headers })).toBe(11);
    expect(await json("/rpc/greet")).toBe("hello world");
  });

  it("take the whole body in a single unnamed parameter", async () => {
    expect(await json("/rpc/echo", { method: "POST", body: '{"any": [1, null]}' })).toEqual({ any: [1, null] });
    expect(await json("/rpc/shout", { method: "POST", body: "a;b", headers: { "content-type": "text/plain" } })).toBe(
      "A;B",
    );
    const bytes = { "content-type": "application/octet-stream" };
    expect(await json("/rpc/size_of", { method: "POST", body: Uint8Array.of(0, 255, 39), headers: bytes })).toBe(3);
  });

  it("take a repeated parameter as a list when they are variadic", async () => {
    expect(await json('/rpc/joined?words=a&words=b"{,}')).toBe('a-b"{,}');
    expect(await json("/rpc/joined", { method: "POST", body: '{"words": ["x", "y"]}' })).toBe("x-y");
  });

  it("answer with a scalar, a list, an object or rows", async () => {
    expect(await json("/rpc/numbers?up_to=3")).toEqual([1, 2, 3]);
    expect(await json("/rpc/one_book?which=2&select=title")).toEqual({ title: "Solaris" });
    expect(await json("/rpc/pair")).toEqual([
      { x: 1, y: "one" },
      { x: 2, y: "two" },
    ]);
    expect(await json("/rpc/split?value=abc")).toEqual({ first: "a", rest: "bc" });
  });

  it("that return rows of a table are filtered, ordered, limited, counted and embedded like it", async () => {
    const path =
      "/rpc/books_over?page_count=190&select=title,pages,cover(colour)&title=neq.Kindred&order=pages.desc&limit=1";
    const answer = await library.ask(path, { headers: { prefer: "count=exact" } });
    expect(answer.json).toEqual([{ title: "The Dispossessed", pages: 341, cover: { colour: "red" } }]);
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-range")).toBe("0-0/2");
  });

  it("are chosen by the names of their arguments", async () => {
    expect(await json("/rpc/overloaded?a=1")).toBe("one");
    expect(await json("/rpc/overloaded?a=1&b=2")).toBe("two");
    expect(await json("/rpc/unclear?a=1")).toMatchObject({
      status: 300,
      code: "PGRST203",
      message:
        "Could not choose the best candidate function between: public.unclear(a => integer), public.unclear(a => text)",
    });
  });

  it("write only when they are called by POST", async () => {
    expect(await json("/rpc/note?message=x")).toMatchObject({ status: 405, code: "25006" });
    expect((await library.ask("/rpc/note", { method: "POST", body: '{"message": "x"}' })).status).toBe(204);
    expect(await library.query("select message from log")).toEqual([{ message: "x" }]);
  });

  it("know who asks and how", async () => {
    expect(await json("/rpc/whoami", { headers: { "user-agent": "test" } })).toEqual({
      role: "authenticated",
      sub: "a11ce000-0000-4000-8000-000000000001",
      method: "GET",
      path: "/rpc/whoami",
      agent: "test",
    });
    expect(await json("/rpc/whoami", { isAnonymous: true })).toMatchObject({ role: "anon", sub: null });
  });

  it("can set status and headers, and raise errors of their own", async () => {
    const tea = await library.ask("/rpc/teapot");
    expect([tea.status, tea.headers.get("x-tea"), tea.headers.get("cache-control")]).toEqual([
      418,
      "green",
      "no-store",
    ]);
    expect(tea.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    const nothing = await library.ask("/rpc/nothing");
    expect([nothing.status, nothing.text]).toEqual([204, ""]);
    expect(await json("/rpc/payment", { method: "POST" })).toEqual({
      status: 402,
      code: "PT402",
      message: "Payment required",
      details: "Quota",
      hint: "Pay",
    });
    const refused = await library.ask("/rpc/refuse", { method: "POST" });
    expect([refused.status, refused.headers.get("x-why")]).toEqual([451, "law"]);
    expect(refused.json).toEqual({ code: "123", message: "No.", details: "never", hint: "ask not" });
  });
});

describe("schemas", () => {
  it("that are not exposed cannot be read, called or embedded", async () => {
    expect(await json("/secret")).toMatchObject({ status: 404, code: "PGRST205" });
    expect(await json("/secret", { headers: { "accept-profile": "private" } })).toMatchObject({ status: 406 });
    expect(await json("/private.secret")).toMatchObject({ status: 404 });
  });

  it("are named in the answer only when asked for, if there is but one", async () => {
    expect((await library.ask("/genre")).headers.get("content-profile")).toBeNull();
    const asked = await library.ask("/genre", { headers: { "accept-profile": "public" } });
    expect(asked.headers.get("content-profile")).toBe("public");
  });

  it("are known anew after a reload", async () => {
    await library.exec("create table shelf (id int primary key); grant select on shelf to authenticated");
    expect(await json("/shelf")).toMatchObject({ status: 404 });
    await library.postgrest.reloadSchema();
    expect(await json("/shelf")).toEqual([]);
  });
});

describe("writes", () => {
  it("that fail leave nothing behind", async () => {
    const before = await library.query("select count(*) from genre");
    const body = '[{"id": 8, "name": "poetry"}, {"id": 1, "name": "again"}]';
    expect(await json("/genre", { method: "POST", body })).toMatchObject({ status: 409, code: "23505" });
    const headers = { accept: "application/vnd.pgrst.object+json", prefer: "return=representation" };
    const two = '[{"id": 8}, {"id": 9}]';
    expect(await json("/genre", { method: "POST", body: two, headers })).toMatchObject({
      status: 406,
      code: "PGRST116",
    });
    expect(await library.query("select count(*) from genre")).toEqual(before);
  });

  it("by PUT need the whole key, and the same in the body", async () => {
    const put = (path: string, body: string): Promise<unknown> => json(path, { method: "PUT", body });
    expect(await put("/genre?name=eq.x", '{"id": 5}')).toMatchObject({ status: 405, code: "PGRST105" });
    expect(await put("/genre?id=gt.5", '{"id": 5}')).toMatchObject({ status: 405, code: "PGRST105" });
    expect(await put("/genre?id=eq.5", '{"id": 6}')).toMatchObject({ status: 400, code: "PGRST115" });
    expect(await put("/genre?id=eq.5&limit=1", '{"id": 5}')).toMatchObject({ status: 400, code: "PGRST114" });
    const headers = { prefer: "return=representation" };
    const body = '{"id": 5, "name": "drama"}';
    expect((await library.ask("/genre?id=eq.5", { method: "PUT", body, headers })).status).toBe(201);
    expect((await library.ask("/genre?id=eq.5", { method: "PUT", body, headers })).status).toBe(200);
  });

  it("tell where the new row is", async () => {
    const headers = { prefer: "return=headers-only" };
    const created = await library.ask("/genre", { method: "POST", body: '{"id": 70, "name": "e"}', headers });
    expect(created.headers.get("location")).toBe("/genre?id=eq.70");
  });

  it("take rows of an embed's columns only for the answer", async () => {
    const headers = { prefer: "return=representation" };
    const body = '{"id": 20, "title": "Roadside Picnic", "author_id": 2}';
    expect(
      await json("/book?select=title,author!author_id(name,mentor:mentor_id(name))", { method: "POST", body, headers }),
    ).toEqual([{ title: "Roadside Picnic", author: { name: "Stanislaw", mentor: { name: "Ursula" } } }]);
  });
});

describe("pages", () => {
  it("are cut at max-rows, and estimates count exactly below it", async () => {
    const small = await startHarness(librarySchema, { maxRows: 2 });
    const all = await small.ask("/book?select=id&order=id", { headers: { prefer: "count=exact" } });
    expect(all.json).toEqual([{ id: 1 }, { id: 2 }]);
    expect(all.headers.get("content-range")).toBe("0-1/4");
    const few = await small.ask("/book?select=id&id=lt.3", { headers: { prefer: "count=estimated" } });
    expect(few.headers.get("content-range")).toBe("0-1/2");
    const many = await small.ask("/book?select=id&id=gt.0", { headers: { prefer: "count=estimated" } });
    expect(many.headers.get("content-range")).toMatch(/^0-1\/\d+$/);
    const planned = await small.ask("/book?select=id&id=gt.0&or=(pages.gt.1,title.eq.x)", {
      headers: { prefer: "count=planned" },
    });
    expect(planned.headers.get("content-range")).toMatch(/^0-1\/\d+$/);
    const nested = await small.ask("/author?select=id,book!author_id(id)&id=eq.1&limit=5");
    expect(nested.json).toMatchObject([{ book: [{}, {}] }]);
    await small.close();
  });

  it("with a limit of nothing are empty, and with a negative one refused", async () => {
    expect(await json("/book?limit=0")).toEqual([]);
    expect(await json("/book?limit=0&offset=3")).toMatchObject({ status: 416, code: "PGRST103" });
    expect(await json("/book?select=id,cover(*)&cover.limit=0&id=eq.1")).toEqual([{ id: 1, cover: null }]);
  });
});

describe("the root", () => {
  it("describes in OpenAPI what the one who asks may use", async () => {
    const { json: document, headers } = await library.ask("/");
    expect(headers.get("content-type")).toBe("application/openapi+json; charset=utf-8");
    expect(document).toMatchObject({
      swagger: "2.0",
      host: "localhost",
      paths: {
        "/book": { get: { parameters: expect.arrayContaining([{ $ref: "#/parameters/rowFilter.book.title" }]) } },
        "/rpc/add": { get: { parameters: [{ name: "a", required: true, type: "integer", format: "integer" }, {}] } },
        "/rpc/note": { post: {} },
      },
      definitions: {
        book: {
          required: ["id", "title", "tags"],
          properties: {
            title: { type: "string", default: "untitled" },
            author_id: {
              description: "Note:\nThis is a Foreign Key to `author.id`.<fk table='author' column='id'/>",
            },
            tags: { type: "array", items: { type: "string" }, format: "text[]" },
            price: { type: "number", format: "numeric" },
          },
        },
      },
    });
    const { json: forAnyone } = await library.ask("/", { isAnonymous: true });
    expect(forAnyone).toHaveProperty(["definitions", "genre"]);
    expect(forAnyone).not.toHaveProperty(["definitions", "book"]);
  });

  it("is given as JSON only", async () => {
    expect(await json("/", { headers: { accept: "text/csv" } })).toMatchObject({ status: 406, code: "PGRST107" });
    expect((await library.ask("/", { method: "OPTIONS" })).headers.get("allow")).toBe("OPTIONS,GET,HEAD");
  });
});
