import { styleText } from "node:util";
import type { ShellOutput } from "../shell.ts";

type Format = Parameters<typeof styleText>[0];

/** Whether a stream shows colours: asked for, or a terminal that nobody forbade them. https://no-color.org */
export function showsColors(
  stream: ShellOutput,
  env: Readonly<Record<string, string | undefined>>,
  isWanted = true,
): boolean {
  if (!isWanted || (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb") return false;
  if ((env.FORCE_COLOR ?? "") !== "") return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return stream.isTTY === true;
}

/** Puts a style on a text, or none. */
export type Paint = (format: Format, text: string) => string;

export function painter(isColored: boolean): Paint {
  return isColored ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}
