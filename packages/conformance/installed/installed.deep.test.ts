import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { build } from "esbuild";
import { build as viteBuild } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium } from "../../emulator/src/testing/chromium.ts";
import { inBrowser } from "../../emulator/src/testing/in-browser.ts";
import { splitWorkerBundle, startWorker, workerBundle } from "../../emulator/src/testing/in-workerd.ts";
import { everyVerb } from "./every-verb.ts";
import { type PlainPageAccount, plainPage, readmePage } from "./plain-page.ts";
import { InstalledProject, program, type SignIn, TYPE_ROOTS } from "./project.ts";

const IMPORT = 'import { Flowith } from "flowith-webapi";';
const require = createRequire(import.meta.url);
const REQUIRE = 'const { Flowith } = require("flowith-webapi");';
const PRINT = "answer().then((found) => console.log(JSON.stringify(found)));";
const NO_REQUIRE_ESM = "--no-experimental-require-module";
const EXPECTED = { text: expect.stringContaining("Warsaw"), joined: expect.stringContaining("Warsaw") };

let emulator: Emulator;
let project: InstalledProject;
let signIn: SignIn;

beforeAll(async () => {
  [emulator, project] = await Promise.all([startEmulator(), InstalledProject.create()]);
  const credentials = { email: "installed@example.com", password: "a password to sign in with" };
  await emulator.createUser(credentials);
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  signIn = { options: { edgeUrl, supabaseUrl, supabaseKey }, credentials };
}, 120_000);

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
  await emulator?.close();
});

describe("the packed terminal program", () => {
  it("is on the path as flowith, starts an emulator and asks it", async () => {
    // What runs it here leaves a pipe open to it.
    const ask = ["npx", "flowith", "text", "--no-stdin", "What is the capital of Poland?"];
    expect(await project.run("npx", ["flowith", "emulator", "exec", "--", ...ask])).toContain("Warsaw");
  });
});

describe("the packed packages, installed, sign in and answer", () => {
  it.each([
    { way: "in Node, imported", file: "main.mjs", importing: IMPORT, command: ["node"] },
    {
      way: "in Node, required",
      file: "main.cjs",
      importing: REQUIRE,
      command: ["node"],
    },
    { way: "in Bun", file: "bun.ts", importing: IMPORT, command: ["bun", "run"] },
    {
      way: "in Deno, by an npm specifier",
      file: "deno.ts",
      importing: 'import { Flowith } from "npm:flowith-webapi";',
      command: ["deno", "run", "--quiet", "--no-lock", "--node-modules-dir=manual", "--allow-net=127.0.0.1,localhost"],
    },
  ] as const)("$way", async ({ file, importing, command: [command, ...args] }) => {
    await project.write(file, program(importing, signIn, PRINT));
    const printed = await project.run(command, [...args, file]);
    expect(JSON.parse(printed)).toEqual(EXPECTED);
  });

  it.each([
    ["one file", workerBundle],
    ["a file for each part that is loaded on demand", splitWorkerBundle],
  ])("in workerd, bundled by esbuild as %s", async (_what, bundle) => {
    const report = "export default { fetch: async () => Response.json(await answer()) };";
    const entry = await project.write("worker.js", program(IMPORT, signIn, report));
    const script = await bundle(entry);
    if (typeof script !== "string") expect(script.length).toBeGreaterThan(1);
    const worker = await startWorker(script);
    try {
      const response = await worker.dispatchFetch("http://worker.localhost/");
      expect(await response.json()).toEqual(EXPECTED);
    } finally {
      await worker.dispose();
    }
  });

  it("in a page, built by Vite", async () => {
    const report = 'answer().then((found) => fetch("/found", { method: "POST", body: JSON.stringify(found) }));';
    await project.write("page/main.js", program(IMPORT, signIn, report));
    const page = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>';
    await project.write("page/index.html", page);
    await viteBuild({ root: join(project.folder, "page"), logLevel: "error", configFile: false });
    const found = await inBrowser<unknown>(chromium, {
      read: (path) => readFile(join(project.folder, "page/dist", path === "/" ? "index.html" : path)),
      onPost(_path, body, end) {
        end(JSON.parse(body));
        return undefined;
      },
      limitMs: 60_000,
    });
    expect(found).toEqual(EXPECTED);
  });

  it("in Jest's default mode, which knows neither import() nor require of ESM", async () => {
    const test = `test("answers", async () => expect(await answer()).toEqual({
      text: expect.stringContaining("Warsaw"),
      joined: expect.stringContaining("Warsaw"),
    }));`;
    await project.write("jest/answers.test.cjs", program(REQUIRE, signIn, test));
    const config = { rootDir: join(project.folder, "jest"), testMatch: ["**/*.test.cjs"], transform: {} };
    const jest = require.resolve("jest/bin/jest");
    await project.run("node", [jest, "--config", JSON.stringify(config), "--ci"]);
  });
});

it("the packed packages bring one copy of each package of Supabase's, all of one version", () => {
  const found = globSync("**/@supabase/*/package.json", { cwd: project.folder });
  const manifests = found.map((path) => JSON.parse(readFileSync(join(project.folder, path), "utf8")));
  const ours = manifests.filter(({ name }) => /-js$/.test(name));
  expect(ours.map(({ name }) => name).sort()).toEqual(
    ["auth", "functions", "postgrest", "realtime", "storage", "supabase"].map((part) => `@supabase/${part}-js`),
  );
  expect(new Set(ours.map(({ version }) => version)).size).toBe(1);
  for (const name of ["flowith-webapi", "@flowith-webapi/supabase"]) {
    const manifest = readFileSync(join(project.folder, "node_modules", name, "package.json"), "utf8");
    const { dependencies } = JSON.parse(manifest);
    const versions = Object.keys(dependencies).filter((dependency) => dependency.startsWith("@supabase/"));
    expect(versions.length).toBeGreaterThan(0);
    for (const dependency of versions) expect(dependencies[dependency]).toBe(ours[0]?.version);
  }
});

describe("the entry flowith-webapi/supabase", () => {
  const asks = (importing: string): string => `${importing}
(async () => {
  const flowith = new Flowith(${JSON.stringify(signIn.options)});
  await flowith.auth.signInWithPassword(${JSON.stringify(signIn.credentials)});
  const { data } = await supabaseClient(flowith).from("user_profile").select("id").throwOnError();
  console.log(data.length === 1 && data[0].id === (await flowith.auth.user()).id);
})();
`;

  it.each([
    ["imported", "whole.mjs", `${IMPORT}\nimport { supabaseClient } from "flowith-webapi/supabase";`],
    ["required", "whole.cjs", `${REQUIRE}\nconst { supabaseClient } = require("flowith-webapi/supabase");`],
  ])("makes a client that is signed in, %s", async (_way, file, importing) => {
    await project.write(file, asks(importing));
    expect((await project.run("node", [file])).trim()).toBe("true");
  });
});

describe("the entry flowith-webapi/developer", () => {
  const asks = (importing: string, apiKey: string, knowledgeBases: readonly string[]): string => `${importing}
(async () => {
  const { edgeUrl } = ${JSON.stringify(signIn.options)};
  const developer = new FlowithDeveloper({ apiKey: ${JSON.stringify(apiKey)}, edgeUrl });
  const session = developer.knowledge.startSession({ knowledgeBases: ${JSON.stringify(knowledgeBases)} });
  let joined = "";
  for await (const { textDelta } of session.askStream("Who built the tide clock?")) joined += textDelta;
  const { sources } = await session.ask("And the tide clock again?");
  const tools = [{ name: "look_up" }];
  const { toolCalls } = await developer.chat("Look it up", { tools, toolChoice: { name: "look_up" } });
  const { image } = await developer.generateImage("A tide clock");
  const { sizeBytes } = await image.save("clocks");
  const task = await developer.submitMusic("A slow waltz for a tide clock");
  const { media } = await developer.resume(JSON.parse(JSON.stringify(task))).wait({ everyMs: 200 });
  const bytes = (await media.bytes()).length;
  const models = [await developer.knowledge.models(), await developer.imageModels(), await developer.videoModels()];
  const solid = await (await developer.submit3D("https://files.example/a.png")).status();
  const clip = await (await developer.submitVideo("A tide clock")).status();
  const refused = await developer.chat(" ").catch((error) => InvalidArgumentError.is(error));
  await developer.chatStream("Hello").output;
  developer.close();
  console.log(JSON.stringify({
    joined, titles: sources.map(({ title }) => title), tool: toolCalls[0].name, saved: sizeBytes > 0, heard: bytes > 0,
    models: models.every((ids) => ids.length > 0), states: [typeof solid.state, typeof clip.state], refused,
  }));
})();
`;
  const NAMES = "FlowithDeveloper, InvalidArgumentError";

  it.each([
    ["in Node, imported", "developer.mjs", `import { ${NAMES} } from "flowith-webapi/developer";`, ["node"]],
    ["in Node, required", "developer.cjs", `const { ${NAMES} } = require("flowith-webapi/developer");`, ["node"]],
    ["in Bun", "developer.ts", `import { ${NAMES} } from "flowith-webapi/developer";`, ["bun", "run"]],
  ] as const)("answers by a key, %s", async (_way, file, importing, [command, ...args]) => {
    const { id: userId, apiKey } = await emulator.createUser();
    const text = "The tide clock was built in 1891 by Ada Morrow.";
    const base = await emulator.createKnowledgeBase({ userId, documents: [{ title: "Museum.md", text }] });
    await project.write(file, asks(importing, apiKey, [base.id]));
    expect(JSON.parse(await project.run(command, [...args, file]))).toEqual({
      joined: `${text} [1]`,
      titles: ["Museum.md"],
      tool: "look_up",
      saved: true,
      heard: true,
      models: true,
      states: ["string", "string"],
      refused: true,
    });
  });
});

describe("the one file for pages without a bundler", () => {
  const FILE = "dist/browser/flowith.min.js";
  let account: PlainPageAccount;

  beforeAll(async () => {
    const [email, password] = ["plain-page@example.com", "a password to sign in with"];
    await emulator.createUser({ email, password });
    const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
    account = { options: { edgeUrl, supabaseUrl, supabaseKey }, email, password };
  });

  /** Serves a page and the package's folder as they stand. @returns what the page posts, and which scripts it loaded */
  async function open(page: string): Promise<{ found: unknown; scripts: string[] }> {
    const scripts: string[] = [];
    const found = await inBrowser<unknown>(chromium, {
      async read(path) {
        if (path === "/") return page;
        scripts.push(path);
        return readFile(join(project.folder, "node_modules/flowith-webapi", path));
      },
      onPost(_path, body, end) {
        end(JSON.parse(body));
        return undefined;
      },
      limitMs: 60_000,
    });
    return { found, scripts };
  }

  it("generates, streams, signs in and saves a download, and loads nothing else", async () => {
    const { found, scripts } = await open(plainPage(`/${FILE}`, account));
    expect(found).toEqual({
      ...EXPECTED,
      email: account.email,
      sizeBytes: expect.any(Number),
      downloads: [{ download: "boat.png", size: expect.any(Number), type: "image/png" }],
    });
    expect(scripts).toEqual([`/${FILE}`]);
  });

  it("works as the README says", async () => {
    const readme = await readFile(join(project.folder, "node_modules/flowith-webapi/README.md"), "utf8");
    const [, html = ""] = /```html\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(await open(readmePage(html, `/${FILE}`, account))).toEqual({
      found: expect.stringContaining("word by word"),
      scripts: [`/${FILE}`],
    });
  });

  it("is what unpkg and jsDelivr give out, and exports what the entry for browsers does", async () => {
    const manifest = JSON.parse(
      await readFile(join(project.folder, "node_modules/flowith-webapi/package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({ unpkg: `./${FILE}`, jsdelivr: `./${FILE}` });
    await project.write(
      "names.mjs",
      `import * as entry from "flowith-webapi/browser";
       import * as file from "./node_modules/flowith-webapi/${FILE}";
       console.log(JSON.stringify([Object.keys(entry), Object.keys(file)]));`,
    );
    const [entry, file] = JSON.parse(await project.run("node", ["names.mjs"]));
    expect(file).toEqual(entry);
    expect(file).toContain("Flowith");
  });
});

describe("every method of the packed packages works", () => {
  const names = "ClientPool, Flowith, FlowithError, errorResponse, pipeResponse, readGeneration";
  it.each([
    ["imported", "verbs.mjs", `import { ${names} } from "flowith-webapi";`, []],
    ["required", "verbs.cjs", `const { ${names} } = require("flowith-webapi");`, []],
    // As in Jest's default mode, and in what bundles for CommonJS: nothing that is ESM only can be required.
    ["required without require(esm)", "old.cjs", `const { ${names} } = require("flowith-webapi");`, [NO_REQUIRE_ESM]],
  ])("%s", async (_way, file, importing, flags) => {
    const [email, password] = [`${file}@example.com`, "a password to sign in with"];
    const { token, refreshToken } = await emulator.createUser({ email, password });
    const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
    const options = { token, refreshToken, edgeUrl, supabaseUrl, supabaseKey };
    await project.write(file, everyVerb(importing, { options, email, password }));
    const { failed, missed } = JSON.parse(await project.run("node", [...flags, file]));
    expect(failed).toEqual([]);
    expect(missed).toEqual([]);
  });
});

describe("the types of the packed packages", () => {
  it.each([
    ["node16", "node16"],
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("hold for --module %s --moduleResolution %s", async (module, moduleResolution) => {
    await project.write("types.ts", TYPED);
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--skipLibCheck"];
    const target = ["--target", "es2022", "--lib", "es2024,dom,dom.iterable,esnext.disposable"];
    const how = ["--module", module, "--moduleResolution", moduleResolution, "--types", "--noEmit"];
    await project.run("tsc", [...strict, ...target, ...how, "types.ts"]);
  });

  // A plain Node project has no DOM library, and some check the declarations of what they import.
  it("hold in Node without the DOM library, imported and required, and are themselves checked", async () => {
    const files = ["node.mts", "node.cts"];
    for (const file of files) await project.write(file, FOR_NODE);
    const checks = ["--strict", "--target", "es2022", "--lib", "es2022", "--types", "node", "--typeRoots", TYPE_ROOTS];
    const how = ["--module", "node16", "--moduleResolution", "node16", "--noEmit", "--pretty", "false"];
    const output = await project.run("tsc", [...checks, ...how, ...files]).catch(String);
    const errors = output.split("\n").filter((line) => /\berror TS\d/.test(line));
    // supabase-js's own declarations need the DOM library.
    const ours = errors.filter((line) => !line.startsWith("node_modules/@supabase/"));
    expect(ours.sort()).toEqual(files.sort().map((file) => `${file}(8,14): ${NO_NUMBER}`));
  });

  it("refuse an option that there is not", async () => {
    await project.write("wrong.ts", `${IMPORT}\nnew Flowith({ tokn: "" });\n`);
    const how = ["--strict", "--skipLibCheck", "--module", "nodenext", "--noEmit", "--target", "es2022"];
    await expect(project.run("tsc", [...how, "wrong.ts"])).rejects.toThrow("'tokn' does not exist");
  });
});

const TYPED = `
import { AspectRatio, Flowith, type GenerationOutput, type ImageOutput } from "flowith-webapi";
import { supabaseClient } from "flowith-webapi/supabase";
const flowith: Flowith = new Flowith({ token: undefined });
export async function use(): Promise<string> {
  const output: GenerationOutput = await flowith.generate("Hi", { model: undefined });
  const picture: ImageOutput = await flowith.generateImage("A cat", { aspectRatio: AspectRatio.Square });
  for await (const chunk of flowith.generateStream("Hi")) chunk.textDelta.toUpperCase();
  const job = await flowith.submitVideo("A cat");
  const { videoUrl } = await job.wait();
  const supabase = supabaseClient(flowith);
  new Flowith({ supabase });
  const { data } = await supabase.from("conversation").select("id,title").throwOnError();
  const { status } = await flowith.fetch(new URL(flowith.supabaseUrl), { method: "POST", body: "" });
  return output.text + picture.image.url + videoUrl + data[0]?.title + status;
}
`;

/** Its last line is wrong, so that it shows that errors are found. */
const FOR_NODE = `
import { FlowithClient } from "@flowith-webapi/core";
import { Transport } from "@flowith-webapi/core/http";
import { startEmulator } from "@flowith-webapi/emulator";
import { createBackend } from "@flowith-webapi/supabase";
import { Flowith } from "flowith-webapi";
export const all = [Flowith, FlowithClient, Transport, createBackend, startEmulator];
export const wrong: number = "";
`;
const NO_NUMBER = "error TS2322: Type 'string' is not assignable to type 'number'.";

describe("a bundle of the packed packages", () => {
  it("holds no more than what is used", async () => {
    const small = 'import { AspectRatio } from "flowith-webapi";\nconsole.log(AspectRatio.Square);\n';
    const entry = await project.write("small.js", small);
    const bundle = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      conditions: ["browser"],
    });
    // Of 400 kB: neither the client nor what asks for rows, but the schemas, whose making bundlers take for an effect.
    expect(bundle.outputFiles[0]?.contents.length).toBeLessThan(32_000);
  });
});
