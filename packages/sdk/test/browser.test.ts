import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browsers, isLeftOut } from "../../emulator/src/testing/browsers.ts";
import { browserBundle, inBrowser } from "../../emulator/src/testing/in-browser.ts";
import { webkit } from "../../emulator/src/testing/webkit.ts";

const STORED = JSON.stringify({ url: "https://files.example/large.bin" });

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
}, 60_000);

afterAll(() => emulator.close());

/** An edge API for uploads that behaves in one way. */
async function serveUpload(way: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (way === "cut") return void request.once("data", () => request.socket.destroy());
  for await (const _piece of request) if (way === "slow") await new Promise((resolve) => setTimeout(resolve, 5));
  if (way === "silent") return;
  if (way === "redirect") return void response.writeHead(307, { location: "/edge/elsewhere/file/store" }).end();
  const status = way === "refuse" ? 413 : 200;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(way === "refuse" ? JSON.stringify({ error: "too large" }) : STORED);
}

for (const browser of browsers) {
  describe.skipIf(isLeftOut(browser))(`in ${browser.name}`, () => {
    /** What the page tells, by the name of its task. */
    let results: Record<string, unknown>;

    beforeAll(async () => {
      const { token } = await emulator.createUser();
      const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
      const script = await browserBundle(fileURLToPath(new URL("./browser-main.ts", import.meta.url)));
      results = await inBrowser<Record<string, unknown>>(browser, {
        read: (path) => (path === "/main.js" ? script : undefined),
        query: { options: JSON.stringify({ token, edgeUrl, supabaseUrl, supabaseKey }) },
        async onRequest(request, response) {
          const way = /^\/edge\/(\w+)\//.exec(request.url ?? "")?.[1];
          if (way !== undefined) await serveUpload(way, request, response).catch(() => undefined);
          return way !== undefined;
        },
        onPost(path, body, end) {
          if (path === "/result") end(JSON.parse(body));
          return undefined;
        },
        limitMs: 80_000,
      });
    }, 120_000);

    // GTK's WebKit has no folders of the page's own.
    if (browser !== webkit)
      describe("a picture is saved into a folder", () => {
        it("two at once, under two names", () => {
          const { saved, contents, sizeBytes } = results.folder as {
            saved: { location: string }[];
            contents: unknown;
            sizeBytes: number;
          };
          expect(contents).toEqual({ "cat (2).png": sizeBytes, "cat.png": sizeBytes });
          expect(saved.map(({ location }) => location).sort()).toEqual(["cat (2).png", "cat.png"]);
          expect(saved[0]).toMatchObject({ sizeBytes, mimeType: "image/png" });
        });

        it("over what is there, when told to", () => {
          expect(results.overwrite).toMatchObject({ saved: { location: "cat.png" }, contents: { "cat.png": 20 } });
        });

        it("wholly or not at all", () => {
          expect(results.broken).toEqual({
            errors: [
              expect.objectContaining({ error: "ConnectionError" }),
              expect.objectContaining({ error: "ConnectionError" }),
              expect.objectContaining({ error: "Error", message: "enough" }),
            ],
            contents: { "old.png": 7 },
          });
        });
      });

    describe("a picture is saved", () => {
      it("as a download of the browser's, where there is no target", () => {
        const { saved, offered } = results.download as { saved: { sizeBytes: number }; offered: unknown[] };
        expect(saved).toEqual({ location: "cat.png", sizeBytes: expect.any(Number), mimeType: "image/png" });
        expect(offered).toEqual([{ download: "cat.png", size: saved.sizeBytes, type: "image/png" }]);
      });

      it("nowhere that pages do not know", () => {
        const message = (text: RegExp) => ({ error: "InvalidArgumentError", message: expect.stringMatching(text) });
        expect(results.refused).toMatchObject([
          message(/no disk here.*showDirectoryPicker/),
          message(/another platform.*showDirectoryPicker/),
          message(/no disk here to read cat\.png/),
        ]);
      });
    });

    describe("an upload", () => {
      it("takes the Files of a drop list, by their names", () => {
        const file = { reference: expect.stringMatching(/^\[\[file:txt\|notes\.txt\|http/), text: "dropped" };
        expect(results.drop).toEqual([file, file]);
      });

      it("tells how much has been sent while it is sent", () => {
        const { sent, total, by } = results.progress as { sent: number[]; total: number; by: string };
        expect(sent.length).toBeGreaterThan(3);
        expect(sent).toEqual([...sent].sort((a, b) => a - b));
        expect([sent[0], sent.at(-1), total, by]).toEqual([0, 20_000_000, 20_000_000, "xmlhttprequest"]);
      });

      it("goes through the middleware for that as well", () => {
        const { seen, sent, by, url } = results.middleware as {
          seen: unknown;
          sent: number[];
          by: string;
          url: string;
        };
        expect(seen).toEqual([["upload", true]]);
        expect(sent.length).toBeGreaterThan(3);
        expect([by, url]).toEqual(["xmlhttprequest", "https://files.example/large.bin"]);
      });

      it("goes by fetch where nobody looks, or where fetch is the caller's own", () => {
        expect(results.fetch).toEqual(["fetch", "fetch", 2]);
      });

      it("ends at once when it is aborted", () => {
        expect(results.abort).toMatchObject({ error: { error: "Error", message: "enough" }, isAll: false });
      });

      it("fails alike, with progress and without", () => {
        const { errors } = results as { errors: Record<string, [object, object]> };
        for (const [without, withProgress] of Object.values(errors)) {
          const { message: _one, ...plain } = without as { message: string };
          expect(withProgress).toMatchObject(plain);
        }
        expect(errors).toMatchObject({
          refused: [{ error: "FileUploadError", status: 413 }, {}],
          redirected: [{ error: "FileUploadError" }, {}],
          cut: [{ error: "ConnectionError" }, {}],
          late: [{ error: "TimeoutError" }, {}],
        });
      });
    });
  });
}
