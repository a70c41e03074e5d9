import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { type GeneratedMedia, mimeTypeOf, type Progress, type SavedMedia } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import { makeFolder } from "../disk/make-folder.ts";
import type { MediaTarget, SaveFlags } from "../input/media-target.ts";
import { picturePreview, previewProtocol } from "./picture-preview.ts";
import { printable } from "./printable.ts";

/**
 * Fetches a picture or clip to where it is to go. A file appears when it is whole, under a free name unless it may
 * overwrite.
 * @returns undefined where its bytes have gone to stdout
 */
export async function saveMedia(
  { output, signal }: Context,
  media: GeneratedMedia,
  target: MediaTarget,
  onProgress: (progress: Progress) => void,
): Promise<SavedMedia | undefined> {
  if (target.kind === "stdout") {
    for await (const bytes of await media.stream({ signal })) await output.write(bytes);
    return undefined;
  }
  const { kind, path, overwrite } = target;
  // the SDK takes a path with an extension for a file, unless there is a folder of that name
  if (kind === "folder" && extname(path) !== "") await makeFolder(path);
  const saved = await media.save(path, { signal, overwrite, onProgress });
  const named = mimeTypeOf(saved.location);
  if (named !== undefined && named !== saved.mimeType.replace(/;.*$/, "").trim())
    output.note(printable(`${saved.location} is ${saved.mimeType}, whatever its name says.`));
  return saved;
}

/** The picture where the terminal shows some, the path as the last line, and the system's own program if it is wanted. */
export async function showSaved({ output, shell }: Context, saved: SavedMedia, flags: SaveFlags): Promise<void> {
  const protocol = flags.preview && !output.isJson ? previewProtocol(shell) : undefined;
  if (protocol !== undefined && saved.mimeType.startsWith("image/")) {
    const preview = picturePreview(await readFile(saved.location), protocol, output.columns);
    if (preview !== undefined) await output.write(`${preview}\n`);
  }
  if (!output.isJson) await output.write(`${output.isTerminal ? printable(saved.location) : saved.location}\n`);
  if (!flags.open) return;
  try {
    await shell.open(saved.location);
  } catch (error) {
    output.warn(`${saved.location} could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}
