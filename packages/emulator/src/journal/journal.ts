import * as v from "valibot";
import { routePattern } from "../faults/route-pattern.ts";
import { checked } from "../option-error.ts";
import { waitSchema } from "../settings.ts";

/** One request as it came in; tokens are redacted. */
export interface JournalEntry {
  id: number;
  /** By the emulator's clock, ISO 8601. */
  at: string;
  method: string;
  host: string;
  path: string;
  /** With the question mark; empty when there is none. */
  query: string;
  /** As its token says; of a sign-in or refresh the user that it names. A file is nobody's, unless a token was leaked to it. */
  userId: string | null;
  headers: Record<string, string>;
  /** Texts of up to 64 KiB that came in whole. Of very many the oldest are forgotten. */
  body: string | null;
  /** null until it is answered, and for good where the connection broke before. */
  status: number | null;
  durationMs: number | null;
  /** The connection closed before all of the answer was sent: who asked has left, or a fault cut it. False without a socket. */
  isCutShort: boolean;
}

/** Which requests to give. */
export interface JournalFilter {
  user?: string | undefined;
  /** As for faults: `POST /completion/async`, `/rest/v1/*`. */
  route?: string | undefined;
  /** Only entries after this one. */
  after?: number | undefined;
  status?: number | undefined;
  isCutShort?: boolean | undefined;
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const filterSchema: v.GenericSchema<unknown, JournalFilter> = v.strictObject({
  user: v.optional(v.string()),
  route: v.optional(v.string()),
  after: v.optional(whole),
  status: v.optional(whole),
  isCutShort: v.optional(v.boolean()),
});

export interface Journal {
  record(entry: Omit<JournalEntry, "id" | "status" | "durationMs" | "isCutShort">): JournalEntry;
  answered(entry: JournalEntry, status: number, durationMs: number): void;
  cutShort(entry: JournalEntry): void;
  /** @throws EmulatorOptionError, as `waitFor` */
  list(filter?: JournalFilter): JournalEntry[];
  /** The first entry that matches, now or within `timeoutMs` (default 5000); undefined when none comes. */
  waitFor(filter: JournalFilter, timeoutMs?: number): Promise<JournalEntry | undefined>;
  clear(): void;
}

const maxEntries = 20_000;

/** Of all bodies together: beyond it the oldest are let go of. */
const maxBodyCharacters = 64 * 1024 * 1024;

export function createJournal(isUser: (userId: string, user: string) => boolean): Journal {
  let entries: JournalEntry[] = [];
  let lastId = 0;
  let characters = 0;
  let withBody = 0;
  const waiting = new Set<() => void>();

  function matcher(filter: JournalFilter): (entry: JournalEntry) => boolean {
    const { user, route, after, status, isCutShort } = checked("journal", filterSchema, filter);
    const pattern = route === undefined ? undefined : routePattern(route);
    return (entry) =>
      (after === undefined || entry.id > after) &&
      (status === undefined || entry.status === status) &&
      (isCutShort === undefined || entry.isCutShort === isCutShort) &&
      (pattern === undefined || pattern.matches(entry.method, entry.path)) &&
      (user === undefined || (entry.userId !== null && isUser(entry.userId, user)));
  }

  function forgetBody(entry: JournalEntry | undefined): void {
    if (entry === undefined) return;
    characters -= entry.body?.length ?? 0;
    entry.body = null;
  }

  function tell(): void {
    for (const check of [...waiting]) check();
  }

  return {
    record(request) {
      lastId += 1;
      const entry = { id: lastId, ...request, status: null, durationMs: null, isCutShort: false };
      entries.push(entry);
      characters += entry.body?.length ?? 0;
      // entries stay: it is what was sent that is large
      for (; characters > maxBodyCharacters; withBody += 1) forgetBody(entries[withBody]);
      if (entries.length > maxEntries) {
        for (const old of entries.slice(0, maxEntries / 10)) forgetBody(old);
        entries = entries.slice(maxEntries / 10);
        withBody = Math.max(0, withBody - maxEntries / 10);
      }
      tell();
      return entry;
    },
    answered(entry, status, durationMs) {
      entry.status = status;
      entry.durationMs = Math.round(durationMs);
      tell();
    },
    cutShort(entry) {
      entry.isCutShort = true;
      tell();
    },
    list: (filter = {}) => entries.filter(matcher(filter)),
    waitFor(filter, timeoutMs = 5000) {
      const matches = matcher(filter);
      checked("journal.waitFor", v.object({ timeoutMs: waitSchema }), { timeoutMs });
      return new Promise((resolve) => {
        const finish = (found: JournalEntry | undefined): void => {
          clearTimeout(timer);
          waiting.delete(check);
          resolve(found);
        };
        const check = (): void => {
          const found = entries.find(matches);
          if (found !== undefined) finish(found);
        };
        const timer = setTimeout(() => finish(undefined), timeoutMs);
        waiting.add(check);
        check();
      });
    },
    clear() {
      entries = [];
      characters = 0;
      withBody = 0;
    },
  };
}
