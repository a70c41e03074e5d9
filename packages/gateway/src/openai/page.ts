import * as v from "valibot";

/** How many of a list, and from where. @param limit where the client says none */
export function pageQuery(limit: `${number}`) {
  return v.object({
    after: v.optional(v.string()),
    limit: v.optional(
      v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/, "A whole number from 1 to 9999"), v.transform(Number)),
      limit,
    ),
    order: v.optional(v.picklist(["asc", "desc"], "order is asc or desc"), "desc"),
  });
}

type PageQuery = v.InferOutput<ReturnType<typeof pageQuery>>;

/** A part of a list, and what a client needs to ask for the next one. */
export interface Page<Entry> {
  page: Entry[];
  has_more: boolean;
  first_id: string | null;
  last_id: string | null;
}

/**
 * The entries behind the one whose id is `after`, at most `limit`; none where it is not among them.
 * @param newestFirst all entries
 */
export function pageOf<Entry>(
  newestFirst: readonly Entry[],
  { after, limit, order }: PageQuery,
  idOf: (entry: Entry) => string,
): Page<Entry> {
  const entries = order === "asc" ? newestFirst.toReversed() : newestFirst;
  const index = after === undefined ? -1 : entries.findIndex((entry) => idOf(entry) === after);
  const rest = after !== undefined && index === -1 ? [] : entries.slice(index + 1);
  const page = rest.slice(0, limit);
  const ids = page.map(idOf);
  return { page, has_more: rest.length > page.length, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null };
}
