import { resolve } from "node:path";
import { AuthenticationError, type ConversationRecord, FlowithError } from "flowith-webapi";
import { QuietEnd, usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { atOnce } from "../../conversations/export/at-once.ts";
import { exportConversation, isUpToDate } from "../../conversations/export/export-conversation.ts";
import type { ExportFormat } from "../../conversations/export/export-record.ts";
import { ExportShelf } from "../../conversations/export/export-shelf.ts";
import type { MissingMedia } from "../../conversations/export/save-media.ts";
import { ConversationFinder } from "../../conversations/find-conversation.ts";
import { ExitCode } from "../../exit-codes.ts";
import { reportError } from "../../output/error-report.ts";
import { oneLine } from "../../output/printable.ts";
import { ProgressLine } from "../../output/progress-line.ts";

export interface ExportFlags {
  all?: boolean;
  project?: string;
  output: string;
  format: ExportFormat;
  force?: boolean;
  update?: boolean;
}

interface ExportResult {
  id: string;
  title: string | null;
  folder: string | null;
  status: "exported" | "unchanged" | "failed";
  media: number;
  missing: MissingMedia[];
  error?: unknown;
}

const AT_ONCE = 4;

/** `{ folder, conversations: [{ id, title, folder, status, media, missing: [{ url, message }], error? }] }`, `status` being `exported`, `unchanged` or `failed` */
export async function exportConversations(context: Context, said: string[], flags: ExportFlags): Promise<void> {
  const { output, shell, signal } = context;
  if ((flags.all ?? false) === said.length > 0) {
    throw usageError("Say which conversations to export: their ids, or --all.");
  }
  if (flags.output.trim() === "") throw usageError("--output needs a folder.");
  const client = await context.client();
  const finder = new ConversationFinder(client, signal);
  const ids = new Set<string>();
  for (const one of said) ids.add(await finder.find(one));
  const shelf = await ExportShelf.open(resolve(shell.cwd, flags.output));
  const results: ExportResult[] = [];
  using line = new ProgressLine(output, "Exporting");

  const exportOne = async (id: string, load: () => Promise<ConversationRecord>): Promise<void> => {
    const result: ExportResult = { id, title: null, folder: null, status: "failed", media: 0, missing: [] };
    results.push(result);
    try {
      const record = await load();
      result.title = record.title ?? null;
      refuseExisting(shelf, id, flags);
      const place = await shelf.placeFor(record);
      result.folder = place.name;
      if (!flags.force && (await isUpToDate(place, record, flags.format))) {
        result.status = "unchanged";
        result.media = Object.keys(place.before?.media ?? {}).length;
        return;
      }
      const { format, force: isForced = false } = flags;
      const { mediaCount, missing } = await exportConversation(record, place, { client, format, isForced, signal });
      Object.assign(result, { status: "exported", media: mediaCount, missing });
    } catch (error) {
      // One that is not there says nothing of the others; no session, no disk and Ctrl-C do.
      const isItsOwn = FlowithError.is(error) && !AuthenticationError.is(error) && !signal.aborted && ids.size !== 1;
      if (!isItsOwn) throw error;
      const { json, message } = reportError(error);
      result.error = json;
      line.clear();
      output.warn(`flowith: ${id}: ${message}`);
    } finally {
      line.text = `Exporting: ${results.filter(({ status }) => status !== "failed").length} conversations done`;
    }
  };

  for (const id of flags.all ? shelf.exported : ids) refuseExisting(shelf, id, flags);
  if (flags.all) {
    const all = client.conversations.all({ signal, projectId: flags.project });
    await atOnce(AT_ONCE, all, (record) => exportOne(record.convId, async () => record));
  } else {
    await atOnce(AT_ONCE, each(ids), (id) => exportOne(id, () => client.conversations.get(id, { signal })));
  }
  line[Symbol.dispose]();
  await output.result({ folder: shelf.path, conversations: results }, () => summary(shelf.path, results));
  const missing = results.flatMap((result) => result.missing);
  if (missing.length > 0 && !output.isJson) {
    const lines = missing.map(({ url, message }) => `  ${oneLine(url)}\n    ${oneLine(message)}`);
    output.warn(`${count(missing.length, "file")} could not be fetched, and the documents link to where they were:`);
    output.warn([...lines, "--update tries again."].join("\n"));
  }
  if (missing.length > 0 || results.some(({ status }) => status === "failed")) throw new QuietEnd(ExitCode.Partly);
}

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item, undefined> {
  yield* items;
  return undefined;
}

function refuseExisting(shelf: ExportShelf, id: string, { force, update }: ExportFlags): void {
  const place = shelf.existing(id);
  if (place?.before === undefined || force || update) return;
  throw usageError(
    `${place.path} has an export of ${id}${place.before.isComplete ? "" : ", which is not complete"}.`,
    "--update writes what has changed since and what is missing, --force all of it.",
  );
}

function summary(folder: string, results: readonly ExportResult[]): string {
  const of = (status: ExportResult["status"]): number => results.filter((result) => result.status === status).length;
  const media = results.reduce((sum, result) => sum + result.media, 0);
  const parts = [
    `${count(of("exported"), "conversation")} exported`,
    of("unchanged") === 0 ? "" : `${of("unchanged")} unchanged`,
    of("failed") === 0 ? "" : `${of("failed")} failed`,
    `${count(media, "file")} of media`,
  ];
  return `${parts.filter((part) => part !== "").join(", ")}: ${oneLine(folder)}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
