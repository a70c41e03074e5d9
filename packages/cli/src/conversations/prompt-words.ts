import { FILE_REFERENCE, isPictureFile, MARKDOWN_LINK } from "./node-media.ts";

/** A prompt in one line for people: in place of what points to a file stands its name, or what it is. */
export function promptWords(prompt: string): string {
  return prompt
    .replace(
      FILE_REFERENCE,
      (_, type: string, label: string) => `[${label.trim() || (isPictureFile(type, label) ? "picture" : "file")}]`,
    )
    .replace(MARKDOWN_LINK, (_, mark: string, label: string) =>
      mark === "" ? label : `[${label.trim() || "picture"}]`,
    );
}
