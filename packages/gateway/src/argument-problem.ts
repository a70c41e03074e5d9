import type { Problem } from "./errors.ts";

/** What a request calls the SDK's options. Of those that are not here the name is the same. */
const FIELDS: Readonly<Record<string, string>> = {
  aspectRatio: "size",
  durationSeconds: "seconds",
  image: "input_reference",
  imageSize: "size",
  imageUrl: "image",
  imageUrls: "image",
  maxTokens: "max_tokens",
  resolution: "size",
  stop: "stop",
  thinkingBudgetTokens: "thinking.budget_tokens",
  toolChoice: "tool_choice",
  topP: "top_p",
};

/** How the SDK names what is wrong: by an option, or by a part of the call. */
const FORMS: readonly [form: RegExp, field: (name: string) => string][] = [
  // The first of its path is what clients have too; within it, theirs have other forms.
  [/^option "(\w+)[^"]*": (.+)$/s, (name) => FIELDS[name] ?? name],
  [/^(messages): (?:[\w.]+: )?(.+)$/s, (name) => name],
  [/^the (prompt):? (.+)$/s, (name) => name],
  [/^(imageUrl) (.+)$/s, () => "image"],
];

/** What the SDK finds wrong with a call, as a fault of the request's: without the name of the method that was called. */
export function argumentProblem(sentence: string): Problem {
  const message = sentence.replace(/^\w+: /, "");
  const problem = { status: 400, code: "invalid_argument" };
  if (message.includes("maxBytes of uploadFile")) {
    const words = "A file is larger than 20 MiB, which is the most that Flowith takes.";
    return { status: 413, code: "file_too_large", message: words };
  }
  for (const [form, fieldOf] of FORMS) {
    const [, name, fault] = form.exec(message) ?? [];
    if (name === undefined || fault === undefined) continue;
    if (name === "apiKey" || name === "token") {
      const words = "The API key has letters in it that no key has. Send it as you were given it.";
      return { status: 401, code: "authentication", message: words };
    }
    const param = fieldOf(name);
    return { ...problem, message: `${param}: ${fault}`, param };
  }
  return { ...problem, message: message.charAt(0).toUpperCase() + message.slice(1) };
}
