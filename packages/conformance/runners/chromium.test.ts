import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { findChromium, openPage } from "../../emulator/src/testing/chromium.ts";
import type { CaseResult } from "../src/index.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { only } from "./selected-cases.ts";

const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>';
const LIMIT_MS = 200_000;

describeRuntime("Chromium", async (emulatorUrl, onResult) => {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error("There is no Chromium here. Install one, or set CHROMIUM_PATH.");
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("./browser-main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions: ["browser", "import"],
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const ended = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    if (request.url === "/result") onResult(JSON.parse(body) satisfies CaseResult);
    if (request.url === "/end") ended.resolve();
    response.setHeader("content-type", request.url === "/main.js" ? "text/javascript" : "text/html;charset=utf-8");
    response.end(request.method === "POST" ? "" : request.url === "/main.js" ? script : PAGE);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const profile = await mkdtemp(join(tmpdir(), "flowith-chromium-"));
  const query = new URLSearchParams({ emulator: emulatorUrl, only });
  const browser = openPage(chromium, profile, `http://127.0.0.1:${port}/?${query}`);
  const limit = setTimeout(() => ended.reject(new Error(`Chromium did not end within ${LIMIT_MS} ms`)), LIMIT_MS);
  try {
    await ended.promise;
  } finally {
    clearTimeout(limit);
    browser.kill();
    await once(browser, "exit");
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
