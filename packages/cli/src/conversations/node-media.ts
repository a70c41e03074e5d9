import { type FlowNode, mimeTypeOf } from "flowith-webapi";
import { nodeState } from "./node-state.ts";

/** A file that a node holds or points to. */
export interface NodeMedia {
  url: string;
  /** What it is called, for people. */
  label: string;
  /** What its file was called when it was stored. */
  name?: string | undefined;
  isPicture: boolean;
  /** Where it is known before it comes. */
  mimeType: string | undefined;
}

/** `[[file:image/png|cat.png|https://…]]`: how a prompt names a stored file. */
export const FILE_REFERENCE = /\[\[file:([^|\]]*)\|([^|\]]*)\|(https?:[^\]|\s]+)\]\]/g;
/** `![a cat](https://…)`, and the same without its `!`. */
export const MARKDOWN_LINK = /(!?)\[([^\]\n]*)\]\(\s*<?(https?:[^\s)>]+)>?[^)\n]*\)/g;

/** Everything but pictures; a picture's address often has no ending. */
const OTHER_THAN_PICTURE = /^(video|audio|model)\//;

function isHttp(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

function typeOf(url: string): string | undefined {
  return URL.canParse(url) ? mimeTypeOf(new URL(url).pathname) : undefined;
}

/** The address of a picture or clip that is the whole of a finished answer. */
export function mediaAnswer(node: FlowNode): string | undefined {
  const text = node.text.trim();
  return node.type === "2" && nodeState(node) !== "failed" && isHttp(text) ? text : undefined;
}

/** Of a reference: its type is a MIME type, or a word of the service's own. */
export function isPictureFile(type: string, label: string): boolean {
  return type.startsWith("image") || mimeTypeOf(label)?.startsWith("image/") === true;
}

/** Whose addresses are fetched: of a text, anybody's may be in it, and who fetches one tells its host so. */
export type IsOwnHost = (url: string) => boolean;

const SERVICE = /(^|\.)(flowith\.(net|io)|flo\.ing)$/;

/** The service's own hosts, and those that the service's files in this conversation are on. */
export function ownHosts(nodes: readonly FlowNode[]): IsOwnHost {
  const hosts = new Set<string>();
  for (const node of nodes) {
    const answer = mediaAnswer(node);
    if (answer !== undefined) hosts.add(new URL(answer).host);
    for (const [, , , url = ""] of node.text.matchAll(FILE_REFERENCE)) {
      if (URL.canParse(url)) hosts.add(new URL(url).host);
    }
  }
  return (url) => {
    if (!URL.canParse(url)) return false;
    const { host, hostname } = new URL(url);
    return hosts.has(host) || SERVICE.test(hostname);
  };
}

/** What of the service's files a node has, each once. */
export function mediaOf(node: FlowNode, isOwn: IsOwnHost): NodeMedia[] {
  const answer = mediaAnswer(node);
  if (answer !== undefined) {
    const mimeType = typeOf(answer);
    const isPicture = mimeType === undefined || !OTHER_THAN_PICTURE.test(mimeType);
    return [{ url: answer, label: isPicture ? "picture" : "clip", isPicture, mimeType }];
  }
  const found = new Map<string, NodeMedia>();
  for (const [, type = "", label = "", url = ""] of node.text.matchAll(FILE_REFERENCE)) {
    if (!URL.canParse(url)) continue;
    const mimeType = type.includes("/") ? type : (mimeTypeOf(label) ?? typeOf(url));
    found.set(url, { url, label, name: label, isPicture: isPictureFile(type, label), mimeType });
  }
  for (const [, mark, label = "", url = ""] of node.text.matchAll(MARKDOWN_LINK)) {
    const mimeType = typeOf(url);
    const isFile = mark === "!" || (mimeType !== undefined && mimeType !== "text/html");
    if (!isFile || !isOwn(url) || found.has(url)) continue;
    found.set(url, { url, label, isPicture: mark === "!", mimeType });
  }
  return [...found.values()];
}
