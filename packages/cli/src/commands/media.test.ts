import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ imageMs: 20, videoMs: 20, firstEventMs: 10, fragmentMs: 1 });
});
afterAll(() => service[Symbol.asyncDispose]());

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const filesIn = async (shell: TestShell): Promise<string[]> =>
  (await readdir(shell.shell.cwd)).filter((name) => name !== "home");
const posts = (route: string, user: string): number => service.emulator.journal.list({ route, user }).length;
/** The escape sequences' payloads, put together. */
const payload = (sequences: Iterable<RegExpMatchArray>): Buffer =>
  Buffer.from([...sequences].map(([, part]) => part).join(""), "base64");

describe("image", () => {
  it("saves a picture and writes its path alone to stdout, with no preview where it is piped", async () => {
    const shell = await service.shell({ env: { TERM: "xterm-kitty" } });
    const { exitCode, stdout, stderr } = await shell.run("image", "A", "boat");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^\/[\w./@-]*\.png\n$/);
    expect((await readFile(stdout.trimEnd())).subarray(0, 8)).toEqual(PNG);
    expect(await shell.json("jobs", "ls")).toEqual([]);
  });

  it("tells with --json what it has saved", async () => {
    const shell = await service.shell();
    const found = await shell.json("image", "A boat", "--output", "pictures/boat.png");
    const path = join(shell.shell.cwd, "pictures", "boat.png");
    const { length } = await readFile(path);
    expect(found).toEqual({
      path,
      url: expect.stringMatching(/^http/),
      model: "gemini-3.1-flash-image",
      convId: expect.any(String),
      nodeId: expect.any(String),
      sizeBytes: length,
      mimeType: "image/png",
    });
  });

  it("asks for what the options say, and works from pictures", async () => {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user);
    await shell.json("image", "A boat", "-o", "boat.png");
    const asked = ["image", "At night", "-i", "boat.png", "-r", "16:9", "--size", "1k"];
    expect((await shell.run(...asked, "--model", "gpt-image-2")).exitCode).toBe(2);
    await shell.json(...asked);
    const [, last] = service.emulator.journal.list({ route: "POST /image_gen/async", user: user.id });
    expect(JSON.parse(last?.body ?? "")).toMatchObject({ aspect_ratio: "16:9", image_size: "1k" });
    expect(last?.body).toContain("image_url");
  });

  it("never replaces a file unless it is forced, and finds out before anything is paid for", async () => {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user);
    const path = join(shell.shell.cwd, "boat.png");
    await writeFile(path, "mine");
    const { exitCode, stderr } = await shell.run("image", "A boat", "-o", "boat.png");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--force");
    expect(await readFile(path, "utf8")).toBe("mine");
    expect(posts("POST /image_gen/async", user.id)).toBe(0);
    expect((await shell.run("image", "A boat", "-o", "boat.png", "--force")).exitCode).toBe(0);
    expect((await readFile(path)).subarray(0, 8)).toEqual(PNG);
  });

  it("pays for nothing where the place cannot be written", async () => {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user);
    await writeFile(join(shell.shell.cwd, "file"), "");
    for (const place of ["file/boat.png", "file", "file/deep/er/", ""]) {
      const { exitCode, stdout } = await shell.run("image", "A boat", "--output", place);
      expect({ place, exitCode, stdout }).toEqual({ place, exitCode: 2, stdout: "" });
    }
    expect(posts("POST /image_gen/async", user.id)).toBe(0);
  });

  it("writes the bytes to stdout for -, and refuses that on a terminal", async () => {
    const user = await service.user();
    const bytes: Buffer[] = [];
    const shell = await TestShell.onEmulator(service.emulator, user);
    shell.shell.stdout.on("data", (part: Buffer) => bytes.push(part));
    expect((await shell.run("image", "A boat", "-o", "-")).exitCode).toBe(0);
    expect(Buffer.concat(bytes).subarray(0, 8)).toEqual(PNG);
    expect(await filesIn(shell)).toEqual([]);
    const terminal = await TestShell.onEmulator(service.emulator, user, { isTerminal: true });
    expect((await terminal.run("image", "A boat", "-o", "-")).exitCode).toBe(2);
    expect(posts("POST /image_gen/async", user.id)).toBe(1);
  });

  it("shows the picture in kitty, whose pieces are the picture's bytes, and then the path", async () => {
    const shell = await service.shell({ isTerminal: true, env: { KITTY_WINDOW_ID: "1" } });
    const { stdout } = await shell.run("image", "A boat", "-o", "boat.png");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const pieces = [...stdout.matchAll(/\u001b_G[^;]*;([^\u001b]*)\u001b\\/g)];
    expect(payload(pieces)).toEqual(await readFile(join(shell.shell.cwd, "boat.png")));
    expect(pieces.every(([, part = ""]) => part.length <= 4_096)).toBe(true);
    expect(pieces.map(([sequence]) => sequence.includes("m=1"))).toEqual(pieces.map((_, i) => i < pieces.length - 1));
    expect(stdout).toMatch(/\n\/.*boat\.png\n$/);
  });

  it("shows the picture in iTerm2", async () => {
    const shell = await service.shell({ isTerminal: true, env: { TERM_PROGRAM: "iTerm.app" } });
    const { stdout } = await shell.run("image", "A boat", "-o", "boat.png");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const shown = payload(stdout.matchAll(/\u001b\]1337;File=inline=1;size=\d+:([^\u0007]*)\u0007/g));
    expect(shown).toEqual(await readFile(join(shell.shell.cwd, "boat.png")));
  });

  it.each([
    ["tmux", { KITTY_WINDOW_ID: "1", TMUX: "/tmp/tmux" }, []],
    ["an unknown terminal", { TERM: "xterm-256color" }, []],
    ["--no-preview", { KITTY_WINDOW_ID: "1" }, ["--no-preview"]],
  ])("shows no picture with %s", async (_, env, flags) => {
    const shell = await service.shell({ isTerminal: true, env });
    const { stdout } = await shell.run("image", "A boat", ...flags);
    expect(stdout).toMatch(/^\/.*\.png\n$/);
  });

  it("opens what it has saved", async () => {
    const shell = await service.shell();
    const { stdout } = await shell.run("image", "A boat", "--open");
    expect(shell.opened).toEqual([stdout.trimEnd()]);
  });

  it("ends with 4 without credits", async () => {
    const user = await service.emulator.createUser({ email: "poor@example.com", credits: 0 });
    const shell = await TestShell.onEmulator(service.emulator, user);
    const { exitCode, stdout, stderr } = await shell.run("image", "A boat");
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: "" });
    expect(stderr).toContain("flowith credits");
    expect(await shell.json("jobs", "ls")).toEqual([]);
  });

  it("ends with 3 where the session is over", async () => {
    const user = await service.emulator.createUser({ email: "late@example.com", expiresInSeconds: 1 });
    const shell = await TestShell.onEmulator(service.emulator, user, {
      env: { FLOWITH_TOKEN: user.token.replace(/[^.]*$/, "x"), FLOWITH_REFRESH_TOKEN: undefined },
    });
    const { exitCode, stderr } = await shell.run("image", "A boat");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("flowith login");
  });

  it("says why a job failed, obeys nothing in it, and keeps no handle", async () => {
    const user = await service.user();
    const message = "No \u001b[2Jsuch pictures.";
    service.emulator.model.add({ match: "forbidden", user: user.id, fail: { reason: "content_policy", message } });
    const shell = await TestShell.onEmulator(service.emulator, user);
    const { exitCode, stdout, stderr } = await shell.run("image", "forbidden");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("flowith: ");
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toContain("may still go on");
    expect(await shell.json("jobs", "ls")).toEqual([]);
    expect(await filesIn(shell)).toEqual([]);
  });

  it("has the picture though the event stream is cut", async () => {
    const user = await service.user();
    service.emulator.faults.arm({ type: "cut", afterEvents: 0, count: 1, user: user.id });
    const shell = await TestShell.onEmulator(service.emulator, user);
    expect((await shell.run("image", "A boat")).exitCode).toBe(0);
  });

  it("keeps the job of a picture that could not be saved, which is then fetched and not paid again", async () => {
    const user = await service.user();
    const shell = await TestShell.onEmulator(service.emulator, user);
    const { id } = service.emulator.faults.arm({ type: "status", route: "GET /files/*", status: 503, count: 0 });
    const { exitCode, stderr } = await shell.run("image", "A boat");
    service.emulator.faults.remove(id);
    expect(exitCode).toBe(5);
    const command = /`flowith (jobs wait [\da-f-]+)`/.exec(stderr)?.[1] ?? "";
    expect(await filesIn(shell)).toEqual([]);
    const { stdout } = await shell.run(...command.split(" "));
    expect((await readFile(stdout.trimEnd())).subarray(0, 8)).toEqual(PNG);
    expect(posts("POST /image_gen/async", user.id)).toBe(1);
    expect(await shell.json("jobs", "ls")).toEqual([]);
  });
});

describe("video", () => {
  it("saves a clip", async () => {
    const shell = await service.shell();
    const found = await shell.json("video", "Waves", "--duration", "5", "--no-audio", "-o", "waves.mp4");
    expect(found).toMatchObject({ path: join(shell.shell.cwd, "waves.mp4"), mimeType: "video/mp4" });
  });

  it("refuses a third picture and a duration that is none", async () => {
    const shell = await service.shell();
    expect((await shell.run("video", "x", "-i", "a.png", "-i", "b.png", "-i", "c.png")).exitCode).toBe(2);
    expect((await shell.run("video", "x", "--duration", "soon")).exitCode).toBe(2);
  });
});

describe("image and video", () => {
  it.each([
    ["16x9", "16:9"],
    ["1920 x 1080", "16:9"],
    ["4/3", "4:3"],
  ])("say how an aspect ratio is written: not %s", async (given, meant) => {
    const shell = await service.shell();
    for (const command of ["image", "video"]) {
      const { exitCode, stderr } = await shell.run(command, "A boat", "--aspect-ratio", given);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`Did you mean ${meant}?`);
    }
  });

  it("say that a path or a prompt is empty", async () => {
    const shell = await service.shell();
    for (const args of [
      ["image", ""],
      ["video", " "],
    ]) {
      const { exitCode, stderr } = await shell.run(...args);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("The prompt is empty."),
      });
    }
    for (const args of [
      ["image", "A boat", "-i", ""],
      ["video", "Waves", "-i", ""],
      ["upload", ""],
    ]) {
      const { exitCode, stderr } = await shell.run(...args);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("path of a file is empty"),
      });
    }
  });

  it("say which aspect ratios the model has", async () => {
    const shell = await service.shell();
    const { exitCode, stderr } = await shell.run("image", "A boat", "--aspect-ratio", "17:9");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("16:9, ");
  });
});

describe("upload", () => {
  it("prints an address a line, and with --json what each file has become", async () => {
    const shell = await service.shell();
    await writeFile(join(shell.shell.cwd, "a.txt"), "Hello");
    await writeFile(join(shell.shell.cwd, "b.txt"), "");
    const { stdout } = await shell.run("upload", "a.txt", "b.txt");
    const urls = stdout.trimEnd().split("\n");
    expect(urls).toHaveLength(2);
    expect(await (await fetch(urls[0] ?? "")).text()).toBe("Hello");
    const [first] = [await shell.json("upload", "a.txt")].flat();
    expect(first).toMatchObject({ path: "a.txt", name: "a.txt", sizeBytes: 5, url: expect.stringMatching(/^http/) });
  });

  it("takes what is piped in, under a name", async () => {
    const shell = await service.shell({ input: "a,b\n" });
    expect(await shell.json("upload", "-", "--name", "table.csv")).toMatchObject([{ name: "table.csv", sizeBytes: 4 }]);
  });

  it("goes on after a file that cannot be uploaded, and ends with 6", async () => {
    const shell = await service.shell();
    await writeFile(join(shell.shell.cwd, "a.txt"), "Hello");
    const { exitCode, stdout, stderr } = await shell.run("upload", "missing.txt", "a.txt");
    expect(exitCode).toBe(6);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toContain("missing.txt: ");
    const told = await shell.run("upload", "--json", "missing.txt", "a.txt");
    expect(JSON.parse(told.stdout)).toMatchObject([
      { path: "missing.txt", error: { code: "invalid_argument" } },
      { path: "a.txt" },
    ]);
    expect((await shell.run("upload", "missing.txt")).exitCode).toBe(2);
    expect((await shell.run("upload", "missing.txt", "missing.txt")).exitCode).toBe(2);
  });
});
