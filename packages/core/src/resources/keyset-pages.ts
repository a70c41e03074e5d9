import type { PageCursor } from "../rows/ports.ts";
import { throwIfAborted } from "../timing/abort.ts";

/** Small enough for a page to come quickly, large enough for few requests. */
export const PAGE_ROWS = 100;

/**
 * All rows of a list, page by page, each asked for only when it is needed. A page begins after the last row of the one
 * before instead of at an offset, so that rows which are added or removed meanwhile shift nothing.
 */
export async function* keysetPages<T>(
  fetchPage: (after: PageCursor | undefined) => Promise<T[]>,
  cursorOf: (item: T) => PageCursor,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, undefined> {
  for (let after: PageCursor | undefined; ; ) {
    const page = await fetchPage(after);
    for (const item of page) {
      throwIfAborted(signal);
      yield item;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ROWS) return;
    after = cursorOf(last);
  }
}
