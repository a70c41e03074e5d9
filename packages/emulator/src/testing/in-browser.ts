import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, placeOf } from "./browser.ts";

const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>';

export interface PageRun<T> {
  /** The script of the pages, bundled; or a folder's files, by their paths. */
  read(path: string): string | Buffer | undefined | Promise<string | Buffer | undefined>;
  /** Of the first page's address. */
  query?: Record<string, string>;
  /** Answers what the pages post; calls `end` with the outcome. */
  onPost(path: string, body: string, end: (outcome: T) => void): string | undefined | Promise<string | undefined>;
  /** Takes a request that is neither; true where it has answered it. */
  onRequest?(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  limitMs: number;
}

/** Serves pages from one origin, opens them in a browser, and waits for their outcome. */
export async function inBrowser<T>(browser: Browser, run: PageRun<T>): Promise<T> {
  const place = placeOf(browser);
  const outcome = Promise.withResolvers<T>();
  const server = createServer(async (request, response) => {
    if (await run.onRequest?.(request, response)) return;
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    if (request.method === "POST") {
      response.end(await run.onPost(path, await readAll(request), outcome.resolve));
      return;
    }
    response.setHeader("content-type", path.endsWith(".js") ? "text/javascript" : "text/html;charset=utf-8");
    response.end((await run.read(path)) ?? PAGE);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const profile = await mkdtemp(join(tmpdir(), `flowith-${browser.name}-`));
  const url = `http://127.0.0.1:${port}/?${new URLSearchParams(run.query)}`;
  const opened = browser.open(place, profile, url);
  const tooLong = new Error(`The pages came to no end within ${run.limitMs} ms.`);
  const limit = setTimeout(() => outcome.reject(tooLong), run.limitMs);
  opened.then(({ ended }) => ended).then((reason) => outcome.reject(new Error(reason)), outcome.reject);
  try {
    return await outcome.promise;
  } finally {
    clearTimeout(limit);
    await opened.then(
      (one) => one.close(),
      () => undefined,
    );
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A page's script with all that it imports, by the export conditions of browsers. */
export async function browserBundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions: ["browser", "import"],
  });
  return outputFiles[0]?.text ?? "";
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
