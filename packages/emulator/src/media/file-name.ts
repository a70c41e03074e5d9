/** A name that is safe in a URL's last segment and tells what is in the file. */
export function mediaFileName(prompt: string, extension: string, detail = ""): string {
  const words =
    prompt
      .normalize("NFD")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const stem = words.slice(0, 6).join("-").slice(0, 60);
  return `${stem === "" ? "result" : stem}${detail}.${extension}`;
}
