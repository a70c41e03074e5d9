/** A text as Postgres keeps it, within JSON too: without NUL and without halves of surrogate pairs. */
export function storable(text: string): string {
  return Buffer.from(text.replaceAll("\0", "\uFFFD")).toString();
}

export function isStorable(text: string): boolean {
  return storable(text) === text;
}

const characterNotInRepertoire = "22021";
const untranslatableCharacter = "22P05";
const invalidTextRepresentation = "22P02";

/** Whether Postgres refused a statement because of a character that it cannot keep. */
export function isUnstorable(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error)) return false;
  if (error.code === characterNotInRepertoire || error.code === untranslatableCharacter) return true;
  // half a surrogate pair in what is JSON otherwise
  return error.code === invalidTextRepresentation && error.message.endsWith("for type json");
}
