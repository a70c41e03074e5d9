import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = await readFile(join(root, "README.md"), "utf8");

interface Section {
  heading: string;
  commands: string;
}

/** What stands in blocks of `sh` under each heading. What asks a person something stands in one of `shell`. */
function sectionsOf(markdown: string): Section[] {
  const sections: Section[] = [{ heading: "the beginning", commands: "" }];
  for (const [, heading, block] of markdown.matchAll(/^#+ (.*)$|^```sh\n([\s\S]*?)^```$/gm)) {
    const last = sections.at(-1);
    if (heading !== undefined) sections.push({ heading, commands: "" });
    else if (last !== undefined) last.commands += block ?? "";
  }
  return sections.filter(({ commands }) => commands !== "");
}

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What the examples take for granted to be there. */
const files: Record<string, string | Buffer> = {
  "photo.png": Buffer.from(pixel, "base64"),
  "notes.md": "# Notes\n\nBuy bananas.\n",
  "prompts.jsonl": '{"id":"a","prompt":"Name a city in Poland."}\n{"id":"b","kind":"image","prompt":"A banana"}\n',
};

const documents = [
  { title: "Ferry.md", text: "The ferry leaves at 7:30 and 15:00. A ticket costs 12 euros." },
  { title: "Museum.md", text: "The tide clock was built by Ada Morrow." },
];

let emulator: Emulator;
let folder: string;
let bin: string;
beforeAll(async () => {
  [emulator, folder] = await Promise.all([startEmulator(), mkdtemp(join(tmpdir(), "flowith-readme-"))]);
  bin = join(folder, "bin");
  await mkdir(bin);
  await chmod(join(root, "dist/main.js"), 0o755);
  await symlink(join(root, "dist/main.js"), join(bin, "flowith"));
  // Of npx, what comes after the package's name; and nobody is there to look at a page.
  await writeFile(join(bin, "npx"), '#!/bin/sh\nshift\nexec flowith "$@"\n', { mode: 0o755 });
  await writeFile(join(bin, "xdg-open"), "#!/bin/sh\n", { mode: 0o755 });
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** One to show, whose id stands in the place of an example's. */
async function conversation(token: string): Promise<string> {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const flowith = new Flowith({ token, edgeUrl, supabaseUrl, supabaseKey });
  const { convId } = await flowith.generate("Plan a week in Kyoto.");
  flowith.close();
  return convId;
}

describe("the README's examples run", () => {
  it.each(sectionsOf(readme))("$heading", async ({ commands }) => {
    const user = await emulator.createUser();
    const knowledge = await emulator.createKnowledgeBase({ userId: user.id, documents });
    const cwd = await mkdtemp(join(folder, "section-"));
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(cwd, name), content)));
    await promisify(execFile)("git", ["init", "--quiet"], { cwd });
    const env = {
      ...process.env,
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: cwd,
      FLOWITH_HOME: join(cwd, ".flowith"),
      FLOWITH_EDGE_URL: emulator.edgeUrl,
      FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
      FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
      FLOWITH_TOKEN: user.token,
      FLOWITH_REFRESH_TOKEN: user.refreshToken,
      FLOWITH_API_KEY: user.apiKey,
      KNOWLEDGE_BASE: knowledge.id,
    };
    const [kyoto, other] = [await conversation(user.token), await conversation(user.token)];
    const script = commands.replaceAll("4f1d22ab", kyoto).replaceAll("9b20c3aa", other);
    const run = promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { cwd, env, timeout: 280_000 });
    run.child.stdin?.end();
    await expect(run).resolves.toBeDefined();
  });
});
