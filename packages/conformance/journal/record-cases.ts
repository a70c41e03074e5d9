import type { Emulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { type ConformanceCase, eachOf, runCase } from "../src/index.ts";
import type { ReceivedRequest } from "./record-lines.ts";
import { TAG_HEADER, tagRequests, withTag } from "./request-tags.ts";

/** Fewer than in tests: what a case sends must not hang on how busy the others keep the machine. */
const AT_ONCE = 4;
const MOST_ATTEMPTS = 3;

/**
 * Runs cases in this process, and gives what the emulator received of each. A case that does not pass at once is run again,
 * and only what it sent then counts.
 */
export async function recordCases(
  emulator: Emulator,
  cases: readonly ConformanceCase[],
): Promise<Map<string, ReceivedRequest[]>> {
  using _tags = tagRequests();
  const tags = new Map<string, string>();
  const record = async ({ id }: ConformanceCase): Promise<void> => {
    for (let attempt = 1; !tags.has(id); attempt++) {
      const tag = `${cases.findIndex((one) => one.id === id)}.${attempt}`;
      const result = await withTag(tag, () => runCase(id, emulator.url, (options) => new Flowith(options)));
      if (result.isPassed && result.attempts === 1) tags.set(id, tag);
      else if (attempt === MOST_ATTEMPTS) throw new Error(`${id}\n${result.error}`);
    }
  };
  await eachOf(cases, record, AT_ONCE);
  const entries = emulator.journal.list();
  const received = Map.groupBy(entries, ({ headers }) => headers[TAG_HEADER]);
  if ((entries[0]?.id ?? 1) > 1) throw new Error("The emulator's journal does not hold the requests of so many cases.");
  if (received.has(undefined)) throw new Error("Requests came that no case is known of.");
  return new Map(cases.map(({ id }) => [id, received.get(tags.get(id)) ?? []]));
}
