import { createClient } from "@supabase/supabase-js";
import { describe, expect, it } from "vitest";
import { page } from "./query.ts";

/** What supabase-js sends for a page. */
async function sent(paging: Parameters<typeof page>[2]): Promise<string[]> {
  const urls: URL[] = [];
  const client = createClient("http://supabase.test", "key", {
    global: {
      fetch: async (input) => {
        urls.push(new URL(input instanceof Request ? input.url : String(input)));
        return Response.json([]);
      },
    },
  });
  await page(client.from("conversation").select("*"), "updated_at", paging);
  return [...(urls[0]?.searchParams ?? [])].map(([name, value]) => `${name}=${value}`);
}

describe("a page of rows", () => {
  it("is asked for by its offset in the way of the web app, with the id for what shares a time", async () => {
    expect(await sent({ limit: 20, offset: 40 })).toEqual([
      "select=*",
      "order=updated_at.desc,id.desc",
      "offset=40",
      "limit=20",
    ]);
  });

  it("begins after a row, past which come the older ones and those without a time", async () => {
    const order = "order=updated_at.desc.nullslast,id.desc";
    expect(await sent({ limit: 100 })).toEqual(["select=*", order, "limit=100"]);
    const at = "2026-01-01T00:00:00.123456+00:00";
    expect(await sent({ limit: 100, after: { at, id: "7" } })).toEqual([
      "select=*",
      order,
      "limit=100",
      `or=(updated_at.lt."${at}",updated_at.is.null,and(updated_at.eq."${at}",id.lt."7"))`,
    ]);
    expect((await sent({ limit: 100, after: { at: null, id: "7" } })).at(-1)).toBe(
      'or=(and(updated_at.is.null,id.lt."7"))',
    );
  });

  it("quotes what the server sent, whatever is in it", async () => {
    expect((await sent({ limit: 1, after: { at: null, id: 'a",b\\' } })).at(-1)).toBe(
      String.raw`or=(and(updated_at.is.null,id.lt."a\",b\\"))`,
    );
  });
});
