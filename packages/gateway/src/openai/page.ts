/** A part of a list, and what a client needs to ask for the next one. */
export interface Page<Entry> {
  page: Entry[];
  has_more: boolean;
  first_id: string | null;
  last_id: string | null;
}

/** The entries behind the one whose id is `after`, at most `limit`; none where it is not among them. */
export function pageOf<Entry>(
  entries: readonly Entry[],
  { after, limit }: { after?: string | undefined; limit: number },
  idOf: (entry: Entry) => string,
): Page<Entry> {
  const index = after === undefined ? -1 : entries.findIndex((entry) => idOf(entry) === after);
  const rest = after !== undefined && index === -1 ? [] : entries.slice(index + 1);
  const page = rest.slice(0, limit);
  const ids = page.map(idOf);
  return { page, has_more: rest.length > page.length, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null };
}
