import { InvalidArgumentError } from "../../errors/invalid-argument-error.ts";
import type { EdgeClient } from "../../http/edge-client.ts";
import type { CallOptions } from "../../options/options.ts";
import { checkCall, checkPrompt } from "../../options/options-check.ts";
import { jsonText } from "../../text/json-text.ts";
import { isMarkup, markupWords } from "../../text/markup.ts";
import { otherKind } from "../../wire/parse.ts";
import { checkMessages } from "../job-options.ts";
import { type Message, userMessage } from "../messages.ts";

const PATH = "/completion/conversation-title";

/** A title for what was said (wire 2.5): JSON that is sent as plain text, as the web app does, answered by plain text. */
export async function generateTitle(
  edge: EdgeClient,
  about: string | readonly Message[],
  options: CallOptions,
): Promise<string> {
  checkCall("generateTitle", options);
  const messages = typeof about === "string" ? [userMessage(about, [])] : about;
  if (typeof about === "string") checkPrompt("generateTitle", about);
  else checkMessages("generateTitle", about);
  if (messages.length === 0) throw new InvalidArgumentError("generateTitle: there are no messages.");
  const answer = await edge.text("POST", PATH, { ...options, repeat: "billed", text: jsonText({ messages }) });
  const title = answer.trim();
  if (title !== "" && !isMarkup(title)) return title;
  const kind = title === "" ? "an empty body" : markupWords(title);
  throw otherKind(`POST ${PATH} answered with`, kind, "a title was", answer);
}
