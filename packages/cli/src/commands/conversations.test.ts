import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EmulatorUser } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answer, prompt, TestCanvas } from "../testing/canvas.ts";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell, type TestShellOptions } from "../testing/run-cli.ts";

let service: CliEmulator;
let user: EmulatorUser;
let canvas: TestCanvas;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(async () => {
  user = await service.user();
  canvas = new TestCanvas(service.emulator, user);
});

const shellOf = (options: TestShellOptions = {}): Promise<TestShell> =>
  TestShell.onEmulator(service.emulator, user, options);
const narrow: TestShellOptions = { isTerminal: true, columns: 40, env: { NO_COLOR: "1" } };
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));

describe("conversations ls", () => {
  it("lists the latest first, as many as are asked for", async () => {
    const ids = [];
    for (const title of ["First", "Second", "Third"]) ids.push(await canvas.conversation(title));
    const shell = await shellOf();
    expect(await shell.json("conversations", "ls", "--limit", "2")).toMatchObject([
      { id: ids[2], title: "Third", updatedAt: expect.any(String), projectId: null },
      { id: ids[1], title: "Second" },
    ]);
    const { stdout } = await shell.run("conv", "ls");
    expect(stdout).toMatch(/^id .*title\n.*Third\n.*Second\n.*First\n$/);
  });

  it("finds titles by their words, on all pages", async () => {
    await canvas.conversation("Autumn in Kyoto");
    await canvas.conversations(Array.from({ length: 105 }, (_, i) => `Other ${i}`));
    const shell = await shellOf();
    expect(await shell.json("conv", "ls", "--search", "kyoto AUTUMN")).toMatchObject([{ title: "Autumn in Kyoto" }]);
    expect(await shell.json("conv", "ls", "--search", "osaka")).toEqual([]);
    expect(await shell.json("conv", "ls", "--all")).toHaveLength(106);
  });

  it("shows no escape sequence of a title, and fits a narrow terminal", async () => {
    await canvas.conversation(`\u001b]0;owned\u0007A very long title\nthat goes on and on and on and on`);
    const { stdout } = await (await shellOf(narrow)).run("conv", "ls");
    expect(stdout).toContain("A very long title that goes on");
    expect(stdout).not.toContain("\u001b");
    expect(widest(stdout)).toBeLessThanOrEqual(40);
  });

  it.each([
    ["--limit", "0"],
    ["--limit", "many"],
    ["--limit", "2", "--all"],
    ["--search", " "],
    ["--project", "x"],
  ])("refuses %s %s", async (...args) => {
    const { exitCode, stdout } = await (await shellOf()).run("conv", "ls", ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  it("says so where there is none", async () => {
    const shell = await shellOf();
    expect(await shell.run("conv", "ls")).toEqual({ exitCode: 0, stdout: "", stderr: "No conversations.\n" });
    expect(await shell.json("conv", "ls", "--all")).toEqual([]);
  });
});

describe("conversations show", () => {
  it("shows the latest path as Markdown, and another by its node", async () => {
    const fork = crypto.randomUUID();
    const older = crypto.randomUUID();
    const id = await canvas.conversation("Kyoto", [
      prompt("Plan a day"),
      answer("<think>Short.</think>Walk.", { id: fork }),
      prompt("And if it rains?", { id: older }),
      answer("A museum."),
      prompt("And in winter?", { under: fork }),
      answer("A bath."),
    ]);
    const shell = await shellOf();
    const { stdout } = await shell.run("conv", "show", id);
    expect(stdout).toContain("# Kyoto\n");
    expect(stdout.match(/^## .*$/gm)).toEqual([
      "## You",
      "## Answer · gpt-4.1-nano",
      "## You",
      "## Answer · gpt-4.1-nano",
    ]);
    expect(stdout).toContain("Walk.\n\n## You\n\nAnd in winter?");
    expect(stdout).not.toMatch(/rains|Short/);
    expect(await shell.json("conv", "show", id, "--node", older.slice(0, 8))).toMatchObject({
      id,
      nodes: [
        { role: "user", state: null, text: "Plan a day", media: [] },
        { role: "assistant", state: "done", text: "Walk.", model: "gpt-4.1-nano" },
        { text: "And if it rains?" },
        { text: "A museum." },
      ],
    });
  });

  it("lets no answer break the document", async () => {
    const id = await canvas.conversation("# Not a *heading*", [
      prompt("Show code"),
      answer("<script>alert(1)</script>\n\nA `<b>` and:\n\n```html\n<i>kept</i>"),
      prompt("And?"),
      answer("Done."),
    ]);
    const { stdout } = await (await shellOf()).run("conv", "show", id);
    expect(stdout).toContain("# \\# Not a \\*heading\\*\n");
    expect(stdout).toContain("&lt;script>alert(1)&lt;/script>");
    expect(stdout).toContain("A `<b>` and:");
    expect(stdout).toContain("```html\n<i>kept</i>\n```\n\n## You\n\nAnd?");
  });

  it("links to pictures and stored files, and says what failed", async () => {
    const id = await canvas.conversation("Media", [
      prompt("Look: [[file:application/pdf|a [b].pdf|https://r2.flowith.net/a.pdf]]".replace("[b]", "b")),
      answer("https://r2.flowith.net/cat (1).png".replaceAll(" ", "%20"), { data: { isImage: true } }),
      prompt("Again"),
      answer("Half of", { data: { status: "failed", error: "no_credits" } }),
    ]);
    const { stdout } = await (await shellOf()).run("conv", "show", id);
    expect(stdout).toContain("Look: [a b.pdf](https://r2.flowith.net/a.pdf)");
    expect(stdout).toContain("![picture](https://r2.flowith.net/cat%20%281%29.png)");
    expect(stdout).toContain("Half of\n\n*It failed: no\\_credits*");
  });

  it("takes the beginning of an id, or the address in the web app", async () => {
    const id = await canvas.conversation("Kyoto");
    const shell = await shellOf();
    expect(await shell.json("conv", "show", id.slice(0, 6))).toMatchObject({ id });
    expect(await shell.json("conv", "show", `https://flowith.io/conv/${id.toUpperCase()}?x=1`)).toMatchObject({ id });
  });

  it("names the candidates of a beginning that several have", async () => {
    const ids = ["abcdef01-0000-4000-8000-000000000001", "abcdef01-0000-4000-8000-000000000002"];
    for (const id of ids) await canvas.conversation("Twin", [], { id });
    const { exitCode, stderr } = await (await shellOf()).run("conv", "show", "abcdef");
    expect(exitCode).toBe(2);
    for (const id of ids) expect(stderr).toContain(id);
  });

  it("ends with 2 for what is not there or not the user's, and names it", async () => {
    const other = await new TestCanvas(service.emulator, await service.user()).conversation("Private");
    const shell = await shellOf();
    for (const id of [other, crypto.randomUUID()]) {
      const { exitCode, stdout, stderr } = await shell.run("conv", "show", id);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain(id);
    }
    expect(await shell.run("conv", "show", "feedc0de")).toMatchObject({ exitCode: 2 });
    expect(await shell.run("conv", "show", "kyoto")).toMatchObject({ exitCode: 2 });
  });
});

describe("conversations tree", () => {
  it("draws branches, with what each turn began with and how it ended", async () => {
    const [root, fork] = ["11111111-0000-4000-8000-000000000000", "22222222-0000-4000-8000-000000000000"];
    const id = await canvas.conversation("Kyoto", [
      prompt("Plan a day in Kyoto that has everything", { id: root }),
      answer("Walk along the river.", { id: fork }),
      prompt("Rain?", { id: "33333333-0000-4000-8000-000000000000" }),
      answer("", { id: "44444444-0000-4000-8000-000000000000", data: { status: "failed", error: "timeout" } }),
      prompt("Winter?", { under: fork, id: "55555555-0000-4000-8000-000000000000" }),
      answer("https://r2.flowith.net/a.png", { id: "66666666-0000-4000-8000-000000000000", data: { isImage: true } }),
    ]);
    const { stdout } = await (await shellOf(narrow)).run("conv", "tree", id);
    expect(stdout.split("\n")).toEqual([
      "Kyoto",
      "11111111 Plan a day in Kyoto that has e…",
      "22222222 → Walk along the river.",
      "├─ 33333333 Rain?",
      "│  44444444 → [failed] timeout",
      "└─ 55555555 Winter?",
      "   66666666 → [picture]",
      "",
    ]);
    expect(await (await shellOf()).json("conv", "tree", id)).toMatchObject({
      id,
      nodes: [{ id: root, parentId: id, role: "user" }, { id: fork, state: "done" }, {}, { state: "failed" }, {}, {}],
    });
  });
});

describe("a file in a prompt", () => {
  const picture = "[[file:image/png|cat.png|http://127.0.0.1:9/cat.png]]";
  const unnamed = "[[file:image/png||http://127.0.0.1:9/cat.png]]";

  it("stands by its name where a prompt is shown in short", async () => {
    const fork = crypto.randomUUID();
    const id = await canvas.conversation("Cats", [
      prompt(`${picture}\nWhose is it?`, { id: fork }),
      answer("Yours."),
      prompt(`${unnamed} And ![](http://127.0.0.1:9/a.png)?`, { under: fork }),
    ]);
    const shell = await shellOf();
    const { stdout } = await shell.run("conv", "tree", id);
    expect(stdout).toContain(" [cat.png] Whose is it?");
    expect(stdout).toContain(" [picture] And [picture]?");
    expect(JSON.stringify(await shell.json("conv", "tree", id))).not.toContain("[[file");
    await shell.run("conv", "export", id, "--output", "out");
    const [folder = ""] = await readdir(join(shell.shell.cwd, "out"));
    const document = await readFile(join(shell.shell.cwd, "out", folder, "conversation.md"), "utf8");
    expect(document).toContain("after “\\[cat.png\\] Whose is it?”");
    expect(document).not.toContain("[[file");
  });

  it("stands by its name in the label of a job", async () => {
    const shell = await shellOf();
    await shell.run("image", "--detach", `${picture} At night`);
    expect(await shell.json("jobs", "ls")).toMatchObject([{ label: "[cat.png] At night" }]);
  });
});

describe("conversations rename", () => {
  it("joins the words", async () => {
    const id = await canvas.conversation("Old");
    const shell = await shellOf();
    expect(await shell.json("conv", "rename", id, "A", "week in", "Kyoto")).toMatchObject({
      id,
      title: "A week in Kyoto",
    });
    expect(await shell.json("conv", "ls")).toMatchObject([{ title: "A week in Kyoto" }]);
    expect(await shell.run("conv", "rename", id, " ")).toMatchObject({ exitCode: 2 });
  });
});

describe("conversations rm", () => {
  it("asks nobody with --yes, and goes on after one that fails", async () => {
    const ids = [await canvas.conversation("A"), crypto.randomUUID(), await canvas.conversation("B")];
    const shell = await shellOf();
    const { exitCode, stdout, stderr } = await shell.run("conv", "rm", "--yes", "--json", ...ids);
    expect(exitCode).toBe(6);
    expect(stderr).toContain(ids[1]);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: ids[0], deleted: true },
      { id: ids[1], deleted: false, error: { code: "not_found" } },
      { id: ids[2], deleted: true },
    ]);
    expect(await shell.json("conv", "ls")).toEqual([]);
  });

  it("does nothing where nobody can be asked", async () => {
    const id = await canvas.conversation("A");
    const shell = await shellOf();
    const { exitCode, stderr } = await shell.run("conv", "rm", id);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--yes");
    expect(await shell.json("conv", "ls")).toHaveLength(1);
  });

  it.each([
    ["y", 0, 0],
    ["n", 1, 1],
    ["\u0003", 130, 1],
  ])("asks a person, who says %j", async (key, exitCode, left) => {
    const id = await canvas.conversation("A\u001b[31m week\nin Kyoto");
    const shell = await shellOf({ isTerminal: true });
    const ended = shell.run("conv", "rm", id);
    await expect.poll(() => shell.stderr).toContain(`Delete "A week in Kyoto" (${id})?`);
    shell.stdin.write(key);
    expect(await ended).toMatchObject({ exitCode });
    expect(await (await shellOf()).json("conv", "ls")).toHaveLength(left);
  });

  it("shows the titles of several before it asks", async () => {
    const ids = [await canvas.conversation("One"), await canvas.conversation("")];
    const shell = await shellOf({ isTerminal: true });
    const ended = shell.run("conv", "rm", ...ids);
    await expect.poll(() => shell.stderr).toContain("Delete these 2 conversations?");
    expect(shell.stderr).toContain(`  "One" (${ids[0]})\n  "untitled" (${ids[1]})\n`);
    shell.stdin.write("n");
    expect((await ended).stderr).toContain("Nothing was deleted.");
  });

  it("asks nobody who is not signed in, and not about what is not there", async () => {
    const shell = await TestShell.onEmulator(service.emulator, undefined, { isTerminal: true });
    const signedOut = await shell.run("conv", "rm", crypto.randomUUID());
    expect(signedOut.exitCode).toBe(3);
    expect(signedOut.stderr).not.toContain("Delete");
    const other = await shellOf({ isTerminal: true });
    const missing = await other.run("conv", "rm", crypto.randomUUID());
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).not.toContain("Delete");
  });
});
