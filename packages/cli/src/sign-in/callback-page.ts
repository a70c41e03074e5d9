import type { ServerResponse } from "node:http";

const style =
  ":root{color-scheme:light dark}body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em}";

/**
 * A page that loads nothing, keeps nothing, and tells nobody where it was. It never repeats what was in the address.
 * @returns when it is on its way
 */
export function sendPage(response: ServerResponse, status: number, title: string, text: string): Promise<void> {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  const page =
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<link rel="icon" href="data:,"><title>${title}</title><style>${style}</style><h1>${title}</h1><p>${text}</p></html>\n`;
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    response.once("close", resolve);
    response.end(page, () => resolve());
  });
}
