const names: Partial<Record<string, string>> = {
  "--conversation": "conversation_id",
  "--duration": "duration_seconds",
  "--image": "images",
  "--knowledge-base": "knowledge_bases",
  "--no-audio": "audio",
};

/** A message that names flags of the command line, with the names that tools have for them. */
export function inArguments(message: string): string {
  return message
    .replace(/--[a-z][a-z-]*/g, (flag) => names[flag] ?? flag.slice(2).replaceAll("-", "_"))
    .replace(/`flowith models(?: ID)?`/g, "list_models");
}
