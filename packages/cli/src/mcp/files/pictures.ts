import { type InputRequiredResult, isInputRequiredResult } from "@modelcontextprotocol/server";
import type { ImageSource } from "flowith-webapi";
import type { ToolCall } from "../add-tool.ts";
import { openInside } from "./open-inside.ts";
import { rootsFor } from "./roots.ts";

/** As large as the service takes a file. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Pictures that arguments name: http(s) URLs go as they are, all else is a path of a file that may be uploaded. */
export async function picturesOf(
  said: readonly string[] | undefined,
  call: ToolCall,
): Promise<ImageSource[] | undefined | InputRequiredResult> {
  if (said === undefined || said.length === 0) return undefined;
  const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);
  if (said.every(isUrl)) return [...said];
  const roots = await rootsFor(call);
  if (isInputRequiredResult(roots)) return roots;
  const pictures: ImageSource[] = [];
  for (const one of said) pictures.push(isUrl(one) ? one : await openInside(roots, one, MAX_FILE_BYTES));
  return pictures;
}
