import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isLeftOut } from "../../emulator/src/testing/browsers.ts";
import { chromium } from "../../emulator/src/testing/chromium.ts";
import { browserBundle, inBrowser } from "../../emulator/src/testing/in-browser.ts";
import { ScriptFolder } from "./script-folder.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [allowNet = ""] = /--allow-net=\S+/.exec(readme) ?? [];
const [, policy = ""] = /Content-Security-Policy: (.*)/.exec(readme) ?? [];

let emulator: Emulator;
let options: string;

beforeAll(async () => {
  emulator = await startEmulator({ imageMs: 0, videoMs: 0 });
  const { token } = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  options = JSON.stringify({ token, edgeUrl, supabaseUrl, supabaseKey });
}, 60_000);

afterAll(() => emulator.close());

/** The emulator's hosts in place of the service's; it serves files from another name than all else. */
function onEmulator(text: string): string {
  const { host, port } = new URL(emulator.edgeUrl);
  return text
    .replaceAll("https://", "http://")
    .replaceAll(/edge\.flowith\.io|aibdxsebwhalbnugsqel\.supabase\.co/g, host)
    .replaceAll("files.example", `localhost:${port}`);
}

it("the README's hosts are all that a client asks by itself", async () => {
  const { Flowith } = await import("flowith-webapi");
  const asked = new Set<string>();
  const flowith = new Flowith({
    token: emulator.users[0]?.token ?? "",
    maxRetries: 0,
    fetch(input) {
      asked.add(new URL(String(input)).host);
      return Promise.resolve(new Response("[]"));
    },
  });
  const calls = [flowith.models.list(), flowith.conversations.list(), flowith.auth.user(), flowith.generate("Hello")];
  await Promise.allSettled(calls);
  flowith.close();
  const named = allowNet.replace("--allow-net=", "").split(",");
  expect(named).toEqual([...asked, "files.example"]);
  for (const host of named) expect(policy).toContain(` https://${host}`);
});

describe("in Deno, with the README's flag", () => {
  const script = (): string => `import { Flowith } from "flowith-webapi";
const flowith = new Flowith(${options});
const file = await flowith.uploadFile(new Blob(["a mill"]), { filename: "a.txt" });
const { text } = await flowith.generate("Say: hi");
const { image } = await flowith.generateImage("A cat");
const bytes = await image.bytes().then(({ length }) => length > 100, (error) => error.message);
console.log(JSON.stringify({ text, file: file.reference.includes("a.txt"), rows: (await flowith.conversations.list()).length > 0, bytes }));
flowith.close();`;

  async function run(flag: string): Promise<unknown> {
    await using folder = await ScriptFolder.create();
    await folder.write("main.js", script());
    const args = ["run", "--quiet", "--no-prompt", "--no-lock", "--node-modules-dir=manual", flag, "main.js"];
    return JSON.parse(await folder.run("deno", args));
  }

  it("all is there", async () => {
    expect(await run(onEmulator(allowNet))).toEqual({ text: "hi", file: true, rows: true, bytes: true });
  });

  it("and without the host of files jobs run, and results cannot be fetched", async () => {
    const { port } = new URL(emulator.edgeUrl);
    const flag = onEmulator(allowNet.replace(",files.example", ""));
    expect(await run(flag)).toEqual({
      text: "hi",
      file: true,
      rows: true,
      bytes: expect.stringContaining(`Run it with --allow-net=localhost:${port}.`),
    });
  });
});

describe.skipIf(isLeftOut(chromium))("in a page under the README's policy", () => {
  async function page(header: string): Promise<unknown> {
    const main = await browserBundle(fileURLToPath(new URL("./csp-main.ts", import.meta.url)));
    return inBrowser<unknown>(chromium, {
      read: (path) => (path === "/main.js" ? main : undefined),
      query: { options },
      async onRequest(_request, response) {
        response.setHeader("content-security-policy", header);
        return false;
      },
      onPost(_path, body, end) {
        end(JSON.parse(body));
        return undefined;
      },
      limitMs: 60_000,
    });
  }

  it("all is there, and the policy holds", async () => {
    expect(await page(onEmulator(policy))).toEqual({
      text: "hi",
      rows: true,
      upload: true,
      bytes: true,
      saved: "cat.png",
      picture: true,
      clip: true,
      elsewhere: "refused",
      refused: "connect-src elsewhere.localhost",
    });
  });

  it("and without the host of files jobs run, and results are neither fetched nor shown", async () => {
    expect(await page(onEmulator(policy.replaceAll("https://files.example", "")))).toMatchObject({
      text: "hi",
      rows: true,
      upload: true,
      bytes: expect.stringContaining("ConnectionError"),
      picture: false,
      clip: false,
    });
  });
});
