import { NotFoundError } from "../errors/not-found-error.ts";

/** Rows tell of what is missing by an empty list, with status 200; to the caller it is a 404 like any other. */
export function found<T>(items: readonly T[], label: string): T {
  const [item] = items;
  if (item !== undefined) return item;
  throw new NotFoundError(`${label} does not exist, or this user cannot see it.`, {
    status: 404,
    headers: new Headers(),
    body: undefined,
  });
}
