import type { PageQuery } from "@flowith-webapi/core";

/** supabase-js changes the query that it is asked on, so that what is done to it here needs none of its types. */
export function withSignal<Query extends { abortSignal(signal: AbortSignal): unknown }>(
  query: Query,
  signal: AbortSignal,
): Query {
  query.abortSignal(signal);
  return query;
}

interface PagedQuery {
  or(filters: string): unknown;
  order(column: string, options: { ascending: boolean; nullsFirst?: boolean }): unknown;
  range(from: number, to: number): unknown;
  limit(count: number): unknown;
}

/**
 * One page, newest first by a time column and then by id. With an offset it is the request of the web app; else it begins
 * after a row, and rows without a time come last.
 */
export function page<Query extends PagedQuery>(
  query: Query,
  column: string,
  { limit, offset, after }: PageQuery,
): Query {
  if (offset !== undefined) {
    query.order(column, { ascending: false });
    query.order("id", { ascending: false });
    query.range(offset, offset + limit - 1);
    return query;
  }
  query.order(column, { ascending: false, nullsFirst: false });
  query.order("id", { ascending: false });
  query.limit(limit);
  if (after === undefined) return query;
  const { at, id } = after;
  query.or(
    at === null
      ? `and(${column}.is.null,id.lt.${quoted(id)})`
      : `${column}.lt.${quoted(at)},${column}.is.null,and(${column}.eq.${quoted(at)},id.lt.${quoted(id)})`,
  );
  return query;
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
