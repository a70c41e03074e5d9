import { describe, expect, it } from "vitest";
import { leveledLogger } from "../options/logger.ts";
import type { CallOptions } from "../options/options.ts";
import { openDownload } from "./download.ts";
import { repeatAfter } from "./repeat-after.ts";
import { Transport } from "./transport.ts";

const logged: unknown[] = [];
const log = (...said: unknown[]): void => void logged.push(said);

function open(answer: Response, url = "https://files.example/cat.png", call: CallOptions = {}, mayBePage = false) {
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: async () => answer,
    middleware: [],
    headers: {},
    maxRetries: 0,
    logger: leveledLogger({ debug: log, info: log, warn: log, error: log }, "debug"),
  });
  return openDownload(transport, url, call, { mayBePage });
}

const typed = (type: string) => ({ headers: { "content-type": type } });

describe("a download", () => {
  it.each([
    ["an HTML page", new Response("<html>", typed("text/html; charset=utf-8"))],
    ["an HTML page", new Response("<html>", typed("application/xhtml+xml"))],
    ["a message (application/json)", new Response("{}", typed("application/json"))],
    ["a message (application/xml)", new Response("<Error/>", typed("application/xml"))],
    ["nothing", new Response(null, { status: 204 })],
    ["a part (bytes 0-9/99)", new Response("x", { status: 206, headers: { "content-range": "bytes 0-9/99" } })],
    ["a part (of unknown range)", new Response("x", { status: 206 })],
  ])("is not %s, and lets go of it", async (what, answer) => {
    const error: unknown = await open(answer).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "ResponseShapeError" });
    expect(String(error)).toContain(`GET https://files.example/cat.png answered ${answer.status} with ${what}`);
    // A body that was cancelled has ended.
    if (answer.body !== null) expect(await answer.body.getReader().read()).toMatchObject({ done: true });
  });

  it("may be a page where one was asked for, a part where that was, and any picture", async () => {
    await open(new Response("<html>", typed("text/html")), "https://files.example/a", {}, true);
    await open(new Response("x", { status: 206 }), undefined, { headers: { Range: "bytes=0-0" } });
    await open(new Response("<svg/>", typed("image/svg+xml")));
    await open(new Response("x", typed("text/plain")));
  });

  it("that has no byte fails at its end", async () => {
    const { body } = await open(new Response(""));
    await expect(new Response(body).text()).rejects.toMatchObject({ name: "ResponseShapeError" });
  });

  it.each(["http://", "file:///etc/passwd", "https://ann:hunter2@files.example/a", "https://hunter2@files.example/"])(
    "of %s is refused before any request, and no password shown",
    async (url) => {
      const error: unknown = await open(new Response("x"), url).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: "ResponseShapeError" });
      expect(`${error} ${JSON.stringify([error, logged])}`).not.toContain("hunter2");
    },
  );

  it("is called by 60 characters of its path at most", async () => {
    const answer = new Response("no", { status: 404 });
    const error: unknown = await open(answer, `https://x/${"a".repeat(5_000)}/cat.png`).catch((reason) => reason);
    expect(String(error)).toMatch(/GET https:\/\/x…a{51}\/cat\.png answered 404/);
  });
});
