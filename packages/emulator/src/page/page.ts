import { html, raw } from "hono/html";
import { canvasView } from "./canvas-view.ts";
import { liveScript } from "./live-script.ts";
import { type PageData, type PageSource, readPageData } from "./page-data.ts";
import { pageStyle } from "./page-style.ts";
import { conversationsView, jobsView, journalView, usersView } from "./side-views.ts";

function render(data: PageData, nonce: string): string {
  const { edgeUrl, shown } = data;
  return String(html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Flowith emulator</title>
  <link rel="icon" href="data:,">
  <style>${raw(pageStyle)}</style>
</head>
<body>
  <header>
    <h1>Flowith emulator</h1><code>${edgeUrl}</code>
    <span class="title" data-live="title">${shown === undefined ? "" : (shown.title ?? "Untitled")}</span>
    <button data-zoom="out" title="Smaller">−</button><button data-zoom="fit" title="Fit">100%</button><button data-zoom="in" title="Larger">+</button>
  </header>
  <nav>
    <h2>Conversations</h2>
    <div data-live="conversations">${conversationsView(data)}</div>
    <h2>Users</h2>
    <div data-live="users">${usersView(data)}</div>
  </nav>
  <main data-live="canvas">${canvasView(data)}</main>
  <aside>
    <h2>Jobs</h2>
    <div data-live="jobs">${jobsView(data)}</div>
    <h2>Journal</h2>
    <div data-live="journal">${journalView(data)}</div>
  </aside>
  <script nonce="${nonce}">${raw(liveScript)}</script>
</body>
</html>
`);
}

/** Rows are anybody's text: no script but the page's own runs, and nothing is loaded from elsewhere. */
function policy(filesUrl: string, nonce: string): string {
  const files = `'self' ${filesUrl}`;
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'nonce-${nonce}'`,
    `img-src data: ${files}`,
    `media-src ${files}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Whether a browser asks for the page: programs that ask for the same address get JSON. */
export function wantsPage(request: Request): boolean {
  if (request.method !== "GET" || new URL(request.url).pathname !== "/") return false;
  return (request.headers.get("accept") ?? "").includes("text/html");
}

/** `GET /`: users, a conversation as a canvas, jobs and the journal. Read-only, and not in the journal itself. */
export async function answerPage(source: PageSource, request: Request): Promise<Response> {
  const data = await readPageData(source, new URL(request.url).searchParams);
  const nonce = crypto.randomUUID();
  return new Response(render(data, nonce), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(data.filesUrl, nonce),
      "cache-control": "no-store",
      vary: "accept",
      "referrer-policy": "no-referrer",
    },
  });
}
