import { resolve } from "node:path";
import { InvalidArgumentError } from "@flowith-webapi/core";
import { pathOf } from "../../disk/path-of.ts";

/**
 * The absolute path of a store, from the current folder of now. It is often the value of an environment variable, which may
 * be missing.
 * @param store for messages
 * @throws InvalidArgumentError for what names none
 */
export function storePath(store: string, given: unknown): string {
  if (typeof given !== "string") throw new InvalidArgumentError(`${store}: it must be a path, not ${typeof given}.`);
  if (given === "") throw new InvalidArgumentError(`${store}: the path is empty.`);
  return resolve(pathOf(store, given));
}
