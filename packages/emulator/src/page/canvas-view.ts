import { html } from "hono/html";
import { type CanvasLayout, layOut, type PlacedNode } from "./canvas-layout.ts";
import type { Markup } from "./markup.ts";
import type { PageData } from "./page-data.ts";

const clippedAt = 420;

/** The text of an answer without its reasoning, and whether there was some. */
function visible(value: string): { text: string; hasReasoning: boolean } {
  const text = value.replace(/<think>[\s\S]*?(?:<\/think>|$)/gi, "").trim();
  return {
    text: text.length > clippedAt ? `${text.slice(0, clippedAt)}…` : text,
    hasReasoning: /<think>/i.test(value),
  };
}

/** Only files that were made or uploaded here are shown: the page asks nobody else for anything. */
function media(value: string, filesUrl: string): Markup | undefined {
  if (!value.startsWith(`${filesUrl}/files/`)) return undefined;
  if (/\.(mp4|webm)$/.test(value)) return html`<video src="${value}" controls muted preload="metadata"></video>`;
  if (/\.(png|jpe?g|gif|webp|svg)$/.test(value)) {
    return html`<a href="${value}" target="_blank"><img src="${value}" alt="" loading="lazy"></a>`;
  }
  return undefined;
}

const kinds: Readonly<Record<string, string>> = { "1": "prompt", "2": "answer" };

function label({ type, model }: PlacedNode): string {
  if (type === "1") return "Prompt";
  return type === "2" ? (model ?? "Answer") : `Type ${type}`;
}

function card(node: PlacedNode, filesUrl: string): Markup {
  const { text, hasReasoning } = visible(node.value);
  const picture = media(node.value, filesUrl);
  const isFailed = node.error !== null || node.status === "failed" || node.status === "error";
  const isOpen = node.status === "init" || node.status === "loading" || node.status === "pending";
  const state = isFailed ? "failed" : isOpen ? "open" : "";
  const body =
    picture ??
    (isFailed
      ? html`<p class="error">${node.error ?? "failed"}</p>`
      : html`<p>${text === "" && isOpen ? "…" : text}</p>`);
  return html`<article class="node ${kinds[node.type] ?? "other"} ${state}" style="left:${node.left}px;top:${node.top}px" title="${node.id}">
    <h3><span>${label(node)}</span>${hasReasoning ? html`<i>thought</i>` : ""}${node.status === null ? "" : html`<b>${node.status}</b>`}</h3>
    ${body}
  </article>`;
}

function drawing({ width, height, edges, nodes }: CanvasLayout, filesUrl: string): Markup {
  return html`<div class="canvas" style="width:${width}px;height:${height}px">
    <svg width="${width}" height="${height}" aria-hidden="true">${edges.map(({ path }) => html`<path d="${path}"/>`)}</svg>
    ${nodes.map((node) => card(node, filesUrl))}
  </div>`;
}

export function canvasView({ shown, nodes, filesUrl, conversations, edgeUrl }: PageData): Markup {
  if (conversations === undefined) {
    return html`<p class="empty">A schema of your own is served here, and it has no conversations to draw.</p>`;
  }
  if (shown === undefined || nodes.length === 0) {
    return html`<div class="empty"><p>${shown === undefined ? "No conversation has a node yet." : "This conversation is empty."}</p>
      <p>Point a client at <code>${edgeUrl}</code>, and what it makes appears here.</p></div>`;
  }
  return drawing(layOut(nodes), filesUrl);
}
