import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ConversationRecord } from "flowith-webapi";
import { usageError } from "../../cli-error.ts";
import { makeFolder } from "../../disk/make-folder.ts";
import { type ExportRecord, readExportRecord } from "./export-record.ts";
import { folderName } from "./folder-name.ts";
import { diskError } from "./write-whole.ts";

/** A conversation's place in the folder of exports, and what an earlier export has left there. */
export interface Place {
  name: string;
  path: string;
  before: ExportRecord | undefined;
}

/** The folder that exports are in, one folder a conversation. */
export class ExportShelf {
  readonly path: string;
  readonly #taken: Set<string>;
  readonly #places: Map<string, Place>;

  private constructor(path: string, taken: Set<string>, places: Map<string, Place>) {
    this.path = path;
    this.#taken = taken;
    this.#places = places;
  }

  /** @throws CliError where the folder cannot be made or read */
  static async open(path: string): Promise<ExportShelf> {
    const places = new Map<string, Place>();
    try {
      await makeFolder(path);
      const entries = await readdir(path, { withFileTypes: true });
      for (const { name } of entries.filter((entry) => entry.isDirectory())) {
        const before = await readExportRecord(join(path, name));
        if (before !== undefined) places.set(before.id, { name, path: join(path, name), before });
      }
      return new ExportShelf(path, new Set(entries.map(({ name }) => nameKey(name))), places);
    } catch (error) {
      throw diskError(path, error);
    }
  }

  /** The conversations that were exported before. */
  get exported(): string[] {
    return [...this.#places.keys()];
  }

  /** Where an earlier export of this conversation is. */
  existing(convId: string): Place | undefined {
    return this.#places.get(convId);
  }

  /** The folder of before, whatever the title is now, or a new one under a name that nobody has. */
  async placeFor({ convId, title }: ConversationRecord): Promise<Place> {
    const known = this.#places.get(convId);
    if (known !== undefined) return known;
    const name = [8, 13, 18, 23, 36]
      .map((length) => folderName(title, convId.slice(0, length)))
      .find((candidate) => !this.#taken.has(nameKey(candidate)));
    if (name === undefined) {
      throw usageError(
        `${join(this.path, folderName(title, convId))} is there already, and is no export that can be gone on with.`,
        "Move it away, or choose another folder.",
      );
    }
    this.#taken.add(nameKey(name));
    const place = { name, path: join(this.path, name), before: undefined };
    this.#places.set(convId, place);
    return place;
  }
}

/** Names that some systems take for the same. */
function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
