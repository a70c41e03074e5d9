import { splitExtension } from "@flowith-webapi/core/http";

const MOST_NAMES = 10_000;

/** `cat.png`, `cat (2).png`, `cat (3).png` and so on: the names to try until one is free. */
export function* numberedNames(name: string): Generator<string, undefined> {
  const { stem, extension = "" } = splitExtension(name);
  yield name;
  for (let number = 2; number <= MOST_NAMES; number++) yield `${stem} (${number})${extension}`;
  return undefined;
}
