import { readlink, realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Where a path leads, over links, whether or not there is a file. Renaming onto a link, and removing it, would leave what it
 * leads to as it was.
 * @throws the system's own error, where links lead in a circle
 */
export async function linkedPath(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const target = await readlink(place).catch(() => undefined);
    if (target === undefined) return place;
    // Seen from the folder as it is: above a folder that is a link itself is another one.
    place = resolve(await realpath(dirname(place)), target);
  }
  return realpath(path);
}
