import { access } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { placedSource } from "../input/placed-source.ts";
import { LineProblem } from "./line-problem.ts";

/**
 * The options of a line with the paths of its pictures from the folder that the program runs in.
 * @throws LineProblem for one that is not there
 */
export async function withPlacedPictures(options: object, cwd: string): Promise<object> {
  const placed: Record<string, unknown> = { ...options };
  for (const name of ["image", "lastImage"]) {
    const source = placed[name];
    if (typeof source === "string") placed[name] = await placedPicture(name, source, cwd);
  }
  if (Array.isArray(placed.images)) {
    const place = async (source: unknown): Promise<unknown> =>
      typeof source === "string" ? placedPicture("images", source, cwd) : source;
    placed.images = await Promise.all(placed.images.map(place));
  }
  return placed;
}

async function placedPicture(name: string, source: string, cwd: string): Promise<string> {
  if (source.trim() === "") throw new LineProblem(`${name}: the path is empty`);
  const placed = placedSource(cwd, source);
  const isAddress = placed === source && !isAbsolute(source);
  if (isAddress) return source;
  try {
    await access(placed);
  } catch {
    throw new LineProblem(`${name}: there is no file ${source} that could be read`);
  }
  return placed;
}
