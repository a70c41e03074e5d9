import type { ConversationRecord, FlowNode } from "flowith-webapi";
import { oneLine } from "../output/printable.ts";
import { cut } from "../output/table.ts";
import type { Branch } from "./branches.ts";
import { roleOf } from "./conversation-json.ts";
import { FILE_REFERENCE, isPictureFile, MARKDOWN_LINK, mediaAnswer, mediaOf } from "./node-media.ts";
import { failureOf, nodeState, saidText } from "./node-state.ts";
import { promptWords } from "./prompt-words.ts";
import { escapedMarkdown, safeMarkdown } from "./safe-markdown.ts";

/** Of a prompt or answer that a branch begins after, in cells. */
const EXCERPT = 60;

/** Where a document's links lead: a relative path for what lies beside it, else the address itself. */
export type LinkOf = (url: string) => string;

/** A conversation as one document: the first branch as it is, each other one under a heading of its own. */
export function conversationMarkdown(
  record: ConversationRecord,
  branches: readonly Branch[],
  linkOf: LinkOf = (url) => url,
): string {
  const title = oneLine(record.title ?? "");
  const times = [record.createdAt, record.updatedAt].map((time) => time?.slice(0, 10)).filter(Boolean);
  const parts = [
    `# ${title === "" ? "Untitled" : escapedMarkdown(title)}`,
    `\`${record.convId}\`${times.length === 0 ? "" : ` · ${[...new Set(times)].join(" to ")}`}`,
  ];
  for (const [index, { from, nodes }] of branches.entries()) {
    if (index > 0) {
      const where = from === undefined ? "from the beginning" : `after “${escapedMarkdown(firstWords(from))}”`;
      parts.push("---", `# Branch ${index + 1}`, `*${where}*`);
    }
    for (const node of nodes) parts.push(heading(node), body(node, linkOf));
  }
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function firstWords({ text }: FlowNode): string {
  return cut(oneLine(promptWords(text)), EXCERPT);
}

function heading(node: FlowNode): string {
  const role = roleOf(node);
  if (role === "user") return "## You";
  if (role === "note") return "## Note";
  return node.model === undefined ? "## Answer" : `## Answer · ${escapedMarkdown(oneLine(node.model))}`;
}

function body(node: FlowNode, linkOf: LinkOf): string {
  const media = mediaAnswer(node);
  const text = media === undefined ? safeMarkdown(linked(saidText(node), linkOf)) : mediaLinks(node, linkOf);
  const note = noteOn(node);
  return [text.trim(), note].filter((part) => part !== "").join("\n\n");
}

/** A part of an answer is not to be taken for all of it. */
function noteOn(node: FlowNode): string {
  const state = nodeState(node);
  if (state === "failed") return `*It failed: ${escapedMarkdown(oneLine(failureOf(node)))}*`;
  return state === "pending" ? "*It has not ended.*" : "";
}

function mediaLinks(node: FlowNode, linkOf: LinkOf): string {
  return mediaOf(node, () => true)
    .map(({ url, label, isPicture }) => link(isPicture, label, linkOf(url)))
    .join("\n\n");
}

/** Stored files as links, and links to what lies beside the document as that. */
export function linked(text: string, linkOf: LinkOf = (url) => url): string {
  return text
    .replace(MARKDOWN_LINK, (whole: string, mark: string, label: string, url: string) => {
      const target = linkOf(url);
      return target === url ? whole : `${mark}[${label}](${destination(target)})`;
    })
    .replace(FILE_REFERENCE, (whole: string, type: string, label: string, url: string) =>
      URL.canParse(url) ? link(isPictureFile(type, label), label, linkOf(url)) : whole,
    );
}

function link(isPicture: boolean, label: string, target: string): string {
  return `${isPicture ? "!" : ""}[${escapedMarkdown(oneLine(label))}](${destination(target)})`;
}

function destination(target: string): string {
  return target.replace(/[\s<>()\\]/g, (character) => encodeURIComponent(character).replace(/[()]/g, parenthesis));
}

function parenthesis(character: string): string {
  return character === "(" ? "%28" : "%29";
}
