import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answer, prompt, TestCanvas } from "../testing/canvas.ts";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
let user: EmulatorUser;
let canvas: TestCanvas;
let shell: TestShell;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(async () => {
  user = await service.user();
  canvas = new TestCanvas(service.emulator, user);
  shell = await TestShell.onEmulator(service.emulator, user);
});

const out = (...parts: string[]): string => join(shell.shell.cwd, "out", ...parts);
const short = (id: string): string => id.slice(0, 8);

/** A file that lies with the service, as the user has stored it. */
async function stored(content: string, filename: string): Promise<{ url: string; reference: string }> {
  const { edgeUrl, supabaseUrl, supabaseKey } = service.emulator;
  await using client = new Flowith({ edgeUrl, supabaseUrl, supabaseKey, token: user.token });
  return await client.uploadFile(new Blob([content]), { filename });
}

const fetched = (url: string): number => {
  const { pathname } = new URL(url);
  return service.emulator.journal.list({ route: "GET /files/*" }).filter(({ path }) => path === pathname).length;
};

async function hiddenParts(): Promise<string[]> {
  return (await readdir(out(), { recursive: true })).filter((name) => name.includes(".part"));
}

describe("conversations export", () => {
  it("writes all branches, with media beside them and relative links", async () => {
    const picture = await stored("\u0089PNG\r\n\u001a\n", "cat.png");
    const notes = await stored('{"a":1}', "notes.json");
    const root = crypto.randomUUID();
    const id = await canvas.conversation("Kyoto: 1/2", [
      prompt(`Read ${notes.reference}`),
      answer("Read.", { id: root }),
      prompt("Draw"),
      answer(picture.url, { data: { isImage: true } }),
      prompt("Something else", { under: root }),
      answer(`As before: ![it](${picture.url}), not ![x](https://tracker.example/x.png)`),
    ]);
    const found = await shell.json("conv", "export", id, "--output", "out");
    const folder = `Kyoto_ 1_2 ${short(id)}`;
    expect(found).toEqual({
      folder: out(),
      conversations: [{ id, title: "Kyoto: 1/2", folder, status: "exported", media: 2, missing: [] }],
    });
    const media = await readdir(out(folder, "media"));
    expect(media).toHaveLength(2);
    const markdown = await readFile(out(folder, "conversation.md"), "utf8");
    expect(markdown).toMatch(/\[notes\.json\]\(media\/[0-9a-f]{8}-notes\.json\)/);
    expect(markdown).toMatch(/Something else[\s\S]*!\[it\]\(media\/[0-9a-f]{8}\.\w+\)[\s\S]*# Branch 2[\s\S]*Draw/);
    expect(markdown).toContain("![x](https://tracker.example/x.png)");
    for (const [, link = ""] of markdown.matchAll(/\]\((media\/[^)]+)\)/g)) await readFile(out(folder, link));
    const json = JSON.parse(await readFile(out(folder, "conversation.json"), "utf8"));
    expect(json.nodes).toHaveLength(6);
    expect(json.nodes[0].media).toEqual([{ url: notes.url, file: expect.stringMatching(/^media\/.*\.json$/) }]);
    expect(await readFile(out(folder, json.nodes[0].media[0].file), "utf8")).toBe('{"a":1}');
  });

  it("keeps the name that a file was stored under, and files of one name apart", async () => {
    const [one, two] = [await stored("1", "my notes #1.md"), await stored("2", "my notes #1.md")];
    const id = await canvas.conversation("\u001b[31mRed\u001b]0;x\u0007 title", [
      prompt(`${one.reference} ${two.reference}`),
      answer(`See [it](${one.url}).`),
    ]);
    await shell.json("conv", "export", id, "--output", "out");
    expect(await readdir(out())).toEqual([`Red title ${short(id)}`]);
    const folder = out(`Red title ${short(id)}`);
    const files = (await readdir(join(folder, "media"))).sort();
    expect(files).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}-2-my notes _1\.md$/),
      expect.stringMatching(/^[0-9a-f]{8}-my notes _1\.md$/),
    ]);
    const markdown = await readFile(join(folder, "conversation.md"), "utf8");
    for (const [, link = ""] of markdown.matchAll(/\]\((media\/[^)]+)\)/g))
      await readFile(join(folder, decodeURI(link)));
    expect(markdown.match(/\(media\//g)).toHaveLength(3);
    expect(await shell.json("conv", "export", id, "--output", "out", "--update")).toMatchObject({
      conversations: [{ status: "unchanged", media: 2 }],
    });
  });

  it("keeps the address of what cannot be fetched, and tries again with --update", async () => {
    const picture = await stored("picture", "cat.png");
    const id = await canvas.conversation("Media", [prompt("Draw"), answer(picture.url, { data: { isImage: true } })]);
    service.emulator.faults.arm({ type: "status", status: 404, route: "GET /files/*", count: 1 });
    const { exitCode, stderr } = await shell.run("conv", "export", id, "--output", "out");
    expect(exitCode).toBe(6);
    expect(stderr).toContain(picture.url);
    const document = out(`Media ${short(id)}`, "conversation.md");
    expect(await readFile(document, "utf8")).toContain(`![picture](${picture.url})`);
    expect(await shell.run("conv", "export", id, "--output", "out", "--update")).toMatchObject({ exitCode: 0 });
    expect(await readFile(document, "utf8")).toContain("![picture](media/");
  });

  it("leaves an earlier export alone, unless it is to be updated or written anew", async () => {
    const picture = await stored("picture", "cat.png");
    const id = await canvas.conversation("Old title", [prompt("Draw"), answer(picture.url)]);
    const still = await canvas.conversation("Still", [prompt("Hi")]);
    const run = ["conv", "export", "--all", "--output", "out"];
    await shell.json(...run);
    for (const args of [run, ["conv", "export", id, "--output", "out"]]) {
      const { exitCode, stderr } = await shell.run(...args);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("--update");
    }
    await canvas.add(id, [prompt("And now?")]);
    await canvas.change("conversation", id, { title: "New title", updated_at: "2030-01-01T00:00:00Z" });
    expect(await shell.json(...run, "--update")).toMatchObject({
      conversations: [
        { id, folder: `Old title ${short(id)}`, status: "exported", media: 1 },
        { id: still, status: "unchanged" },
      ],
    });
    expect(fetched(picture.url)).toBe(1);
    const document = await readFile(out(`Old title ${short(id)}`, "conversation.md"), "utf8");
    expect(document).toMatch(/# New title[\s\S]*And now\?/);
    await shell.json(...run, "--force");
    expect(fetched(picture.url)).toBe(2);
  });

  it("fetches again what is no longer there", async () => {
    const picture = await stored("picture", "cat.png");
    const id = await canvas.conversation("Media", [prompt("Draw"), answer(picture.url)]);
    const run = ["conv", "export", id, "--output", "out", "--update"];
    await shell.json(...run);
    await rm(out(`Media ${short(id)}`, "media"), { recursive: true });
    expect(await shell.json(...run)).toMatchObject({ conversations: [{ status: "exported", media: 1 }] });
    expect(await readdir(out(`Media ${short(id)}`, "media"))).toHaveLength(1);
  });

  it("keeps conversations of one title apart, also where their ids begin alike", async () => {
    const ids = ["abcdef01-0000-4000-8000-000000000011", "abcdef01-1111-4000-8000-000000000012"];
    for (const id of ids) await canvas.conversation("../CON", [prompt("Hi")], { id });
    await shell.json("conv", "export", "--all", "--output", "out");
    expect((await readdir(out())).sort()).toEqual(["_CON abcdef01", "_CON abcdef01-0000"].sort());
  });

  it("goes on where one is not there, and ends with 6", async () => {
    const [id, missing] = [await canvas.conversation("Here", [prompt("Hi")]), crypto.randomUUID()];
    const { exitCode, stdout, stderr } = await shell.run("conv", "export", missing, id, "-o", "out", "--json");
    expect(exitCode).toBe(6);
    expect(stderr).toContain(missing);
    expect(JSON.parse(stdout).conversations).toMatchObject([
      { id: missing, status: "failed", folder: null, error: { code: "not_found" } },
      { id, status: "exported" },
    ]);
    expect(await shell.run("conv", "export", missing, "-o", "other")).toMatchObject({ exitCode: 2 });
  });

  it("writes one of its documents alone", async () => {
    const id = await canvas.conversation("Notes", [prompt("Hi")]);
    await shell.json("conv", "export", id, "-o", "out", "--format", "markdown");
    const folder = out(`Notes ${short(id)}`);
    expect(await readdir(folder)).toEqual([".flowith-export.json", "conversation.md"]);
    await shell.json("conv", "export", id, "-o", "out", "--format", "both", "--update");
    expect(await readdir(folder)).toContain("conversation.json");
  });

  it.each([
    ["neither ids nor --all", []],
    ["both", ["--all", "abcdef01"]],
    ["--force with --update", ["--all", "--force", "--update"]],
    ["another format", ["--all", "--format", "pdf"]],
    ["an empty folder", ["--all", "--output", " "]],
  ])("refuses %s", async (_, args) => {
    const { exitCode } = await shell.run("conv", "export", "--output", "out", ...args);
    expect(exitCode).toBe(2);
    await expect(readdir(out())).rejects.toThrow("ENOENT");
  });

  it("says where the folder cannot be made", async () => {
    await writeFile(out(), "a file");
    await canvas.conversation("Notes", [prompt("Hi")]);
    const { exitCode, stderr } = await shell.run("conv", "export", "--all", "--output", "out");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(out());
  });

  it("ends with 3 when the session is over", async () => {
    const expired = await TestShell.onEmulator(service.emulator, undefined, {
      cwd: shell.shell.cwd,
      env: { FLOWITH_TOKEN: `${user.token}x` },
    });
    expect(await expired.run("conv", "export", "--all", "--output", "out")).toMatchObject({ exitCode: 3 });
  });

  it("leaves nothing half-written on Ctrl-C, and goes on with --update", async () => {
    const files = await Promise.all([stored("one", "a.png"), stored("two", "b.png")]);
    const id = await canvas.conversation("Slow", [prompt("Draw"), ...files.map(({ url }) => answer(url))]);
    const [, second] = files;
    const stop = service.emulator.faults.arm({
      type: "silence",
      route: `GET ${new URL(second.url).pathname}`,
      count: 0,
    });
    const ended = shell.run("conv", "export", id, "--output", "out");
    await expect.poll(() => fetched(second.url)).toBe(1);
    shell.interrupt();
    expect(await ended).toMatchObject({ exitCode: 130 });
    const folder = out(`Slow ${short(id)}`);
    expect(await readdir(folder)).toEqual([".flowith-export.json", "media"]);
    expect(await hiddenParts()).toEqual([]);
    service.emulator.faults.remove(stop.id);
    const again = await TestShell.onEmulator(service.emulator, user, { cwd: shell.shell.cwd });
    expect(await again.json("conv", "export", id, "--output", "out", "--update")).toMatchObject({
      conversations: [{ status: "exported", media: 2 }],
    });
    expect(files.map(({ url }) => fetched(url))).toEqual([1, 2]);
  });

  it("does not write over a folder that is none of its own", async () => {
    const id = await canvas.conversation("Mine", [prompt("Hi")]);
    await mkdir(out(`mine ${short(id)}`), { recursive: true });
    await writeFile(out(`mine ${short(id)}`, "conversation.md"), "somebody's");
    await shell.json("conv", "export", id, "--output", "out");
    expect(await readFile(out(`mine ${short(id)}`, "conversation.md"), "utf8")).toBe("somebody's");
    expect(await readdir(out())).toHaveLength(2);
  });
});
