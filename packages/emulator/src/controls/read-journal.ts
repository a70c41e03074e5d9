import { json } from "../http/answers.ts";
import type { Journal, JournalFilter } from "../journal/journal.ts";

/** `GET /__emulator/journal?user=&route=&status=&after=&wait=`: with `wait` (ms) it answers once an entry matches. */
export async function readJournal(journal: Journal, query: URLSearchParams): Promise<Response> {
  const number = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
  const filter: JournalFilter = {
    user: query.get("user") ?? undefined,
    route: query.get("route") ?? undefined,
    status: number("status"),
    after: number("after"),
  };
  const wait = number("wait");
  if (wait !== undefined) await journal.waitFor(filter, wait);
  return json(journal.list(filter));
}
