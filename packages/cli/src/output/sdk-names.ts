/** What the SDK's options are called on the command line. */
const flags: Readonly<Record<string, string>> = {
  aspectRatio: "--aspect-ratio",
  convId: "--conversation",
  audio: "--no-audio",
  durationSeconds: "--duration",
  edgeUrl: "--edge-url (FLOWITH_EDGE_URL)",
  filename: "--name",
  image: "--image",
  images: "--image",
  imageSize: "--size",
  knowledgeBases: "--knowledge-base",
  lastImage: "the second --image",
  limit: "--limit",
  maxTurns: "--max-turns",
  model: "--model",
  projectId: "--project",
  refreshToken: "FLOWITH_REFRESH_TOKEN",
  resolution: "--resolution",
  supabaseKey: "--supabase-key (FLOWITH_SUPABASE_KEY)",
  supabaseUrl: "--supabase-url (FLOWITH_SUPABASE_URL)",
  system: "--system",
  token: "FLOWITH_TOKEN",
  type: "--type",
  userId: "FLOWITH_USER_ID",
};

/** `submitVideo: `, `conversations.get: `, `wait: `: the method that was called. */
const verb = /^(?:[a-z]+(?:[A-Z]\w*|\.\w+)+|Flowith(?:Developer)?|generate|resume|wait|save|request|media|trim): /;
const sentenceStart = /^(?:the|by|this|a|an|no|nothing|there|none|it|what|such|here)\b/;

/** A message without the method that it begins with. */
export function withoutVerb(message: string): string {
  const rest = message.replace(verb, "");
  return rest === message
    ? message
    : rest.replace(sentenceStart, (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
}

/** A message on wrong options, with the names that they have here. */
export function inFlags(message: string): string {
  return message
    .replace(/\boption "(\w+)(?:\.[\w.]+)?"/gi, (whole, name: string) => flags[name] ?? whole)
    .replace(/^(\w+)(?= must be | is empty|: )/, (name) => flags[name] ?? name)
    .replace(/: pass image\.$/, ": give it one by --image.");
}
