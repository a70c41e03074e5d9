import { stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { AuthenticationError, type Flowith, FlowithError, type FlowNode } from "flowith-webapi";
import { reportError } from "../../output/error-report.ts";
import { oneLine } from "../../output/printable.ts";
import { type IsOwnHost, mediaOf, type NodeMedia } from "../node-media.ts";
import { shortIds } from "../short-ids.ts";
import type { ExportRecord } from "./export-record.ts";
import { diskError } from "./write-whole.ts";

/** A file that stays where it is. */
export interface MissingMedia {
  url: string;
  message: string;
}

export interface SavedMedia {
  media: ExportRecord["media"];
  missing: MissingMedia[];
}

export interface SaveMediaOptions {
  client: Flowith;
  folder: string;
  nodes: readonly FlowNode[];
  isOwn: IsOwnHost;
  /** Files of an earlier export, which are not fetched again while they are there and whole. */
  before: ExportRecord["media"];
  /** After each file, with all that are there. */
  onSaved: (media: ExportRecord["media"]) => Promise<void>;
  signal: AbortSignal;
}

/** Fetches what the nodes hold into `media/`. What cannot be had is told, and stops nothing. */
export async function saveMedia(options: SaveMediaOptions): Promise<SavedMedia> {
  const { folder, nodes, isOwn, before, onSaved, signal } = options;
  const short = shortIds(nodes.map(({ id }) => id));
  const media: ExportRecord["media"] = {};
  const missing: MissingMedia[] = [];
  const asked = new Set<string>();
  for (const node of nodes) {
    for (const [index, medium] of mediaOf(node, isOwn).entries()) {
      const { url } = medium;
      if (asked.has(url)) continue;
      asked.add(url);
      const known = before[url];
      if (known !== undefined && (await isWhole(join(folder, known.file), known.sizeBytes))) {
        media[url] = known;
        continue;
      }
      const prefix = `${short(node.id).replace(/[^\w-]/g, "_")}${index === 0 ? "" : `-${index + 1}`}`;
      try {
        media[url] = await save(options, medium, prefix);
      } catch (error) {
        missing.push({ url, message: reasonToGoOn(error, join(folder, "media"), signal) });
        continue;
      }
      await onSaved(media);
    }
  }
  return { media, missing };
}

async function save(
  { client, folder, signal }: SaveMediaOptions,
  { url, label, name, mimeType }: NodeMedia,
  prefix: string,
): Promise<{ file: string; sizeBytes: number }> {
  // Of a stored file of an unknown type the name says more than its host does.
  const extension = /^\.[A-Za-z0-9]{1,8}$/.exec(extname(label))?.[0] ?? "";
  const { location, sizeBytes } = await client
    .media(url, { mimeType })
    .save(join(folder, "media"), { filename: filenameOf(prefix, name, extension), overwrite: true, signal });
  return { file: `media/${basename(location)}`, sizeBytes };
}

/** The name that a file was stored under stays; the node before it keeps files of one name apart. */
function filenameOf(prefix: string, name: string | undefined, extension: string): string {
  // none of a path, and none of an address: the documents link to it
  const plain = oneLine(name ?? "")
    .replace(/[/\\#%?&]/g, "_")
    .replace(/^[.\s_]+/, "");
  return plain === "" ? `${prefix}${extension}` : `${prefix}-${plain}`;
}

/** @throws what ends the export: Ctrl-C, a disk that takes nothing more, a session that is over */
function reasonToGoOn(error: unknown, folder: string, signal: AbortSignal): string {
  if (signal.aborted) throw signal.reason;
  if (!FlowithError.is(error) || AuthenticationError.is(error)) throw error;
  if (error.code === "file_save") throw diskError(folder, error);
  return reportError(error).message;
}

async function isWhole(path: string, sizeBytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === sizeBytes;
  } catch {
    return false;
  }
}
