import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { writeWhole } from "../data-folder/write-whole.ts";
import type { FileShelf, StoredFile } from "./file-store.ts";

interface Label {
  name: string;
  contentType: string;
  ownerId?: string | undefined;
}

const labelSchema: v.GenericSchema<unknown, Label> = v.object({
  name: v.string(),
  contentType: v.string(),
  ownerId: v.optional(v.string()),
});

const newLine = 0x0a;

/** One file a stored file: a line of JSON that says what it is, then its bytes. Keys come from URLs, so only UUIDs are looked for. */
const key = /^[0-9a-f-]{36}$/;

function pack({ name, contentType, ownerId, bytes }: StoredFile): Uint8Array {
  const label = new TextEncoder().encode(`${JSON.stringify({ name, contentType, ownerId })}\n`);
  const packed = new Uint8Array(label.length + bytes.length);
  packed.set(label);
  packed.set(bytes, label.length);
  return packed;
}

function unpack(name: string, packed: Uint8Array): StoredFile {
  const end = packed.indexOf(newLine);
  const label = v.parse(labelSchema, JSON.parse(new TextDecoder().decode(packed.subarray(0, end))));
  return { ...label, key: name, bytes: new Uint8Array(packed.subarray(end + 1)) };
}

/** Keeps files in a folder. They are read when they are asked for. */
export function createFolderShelf(folder: string): FileShelf {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (name: string): string => join(folder, name);
  for (const name of readdirSync(folder)) if (!key.test(name)) rmSync(pathOf(name));
  return {
    get: (name) => (key.test(name) && existsSync(pathOf(name)) ? unpack(name, readFileSync(pathOf(name))) : undefined),
    set: (name, file) => writeWhole(pathOf(name), pack(file)),
    delete: (name) => rmSync(pathOf(name), { force: true }),
    keys: () => readdirSync(folder).filter((name) => key.test(name)),
  };
}
