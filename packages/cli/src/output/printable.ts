// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const sequences = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text as a terminal can show it without obeying it: what the service sends (answers, titles, names) may hold escape
 * sequences, which would move the cursor, set the title or write to the clipboard. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(sequences, "").replace(controls, "");
}

/** The same for one cell of a table or one line: white space of all kinds becomes one blank. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}
