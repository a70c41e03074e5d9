import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readKeyFile } from "../keys/key-file.ts";
import { commandName } from "./launcher.ts";
import { tell } from "./output.ts";

/**
 * Tells the operator now what its users would find out later. Keys may be made while the gateway runs, so that a file which is
 * not there yet is no failure.
 * @throws Error for a file that is broken, or in a folder that is not there
 */
export async function checkKeys(path: string, env: Record<string, string | undefined>): Promise<void> {
  const keys = await readKeyFile(path);
  if (keys === undefined) {
    const folder = dirname(resolve(path));
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() !== true) throw new Error(`The keys cannot be in ${path}: there is no folder ${folder}.`);
    tell(`There is no file ${path} yet, so nobody is let in. ${commandName()} keys create makes it.`);
    return;
  }
  for (const { id, apiKeyVariable } of keys) {
    if (apiKeyVariable === undefined || env[apiKeyVariable]?.trim()) continue;
    tell(`Key ${id} opens nothing: it goes by the API key in ${apiKeyVariable}, which is not set.`);
  }
}
