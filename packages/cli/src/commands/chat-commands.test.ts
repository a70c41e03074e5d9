import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Chatting } from "../testing/chatting.ts";
import { CliEmulator } from "../testing/emulator.ts";

let service: CliEmulator;
beforeAll(async () => {
  // loaded here, since the first test would have to wait for it
  [service] = await Promise.all([CliEmulator.start(), import("../actions/chat/interactive-chat.ts")]);
  Object.assign(service.emulator.settings, { firstEventMs: 0, fragmentMs: 1, imageMs: 1, videoMs: 60_000 });
});
afterAll(() => service[Symbol.asyncDispose]());

/** The smallest picture there is. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A chat in which names were told in turn. */
async function named(...names: string[]): Promise<Chatting> {
  const chat = await Chatting.start(service);
  for (const name of names) await chat.say(`My name is ${name}.`);
  return chat;
}

describe("/fork", () => {
  it("goes on from an earlier answer, and knows nothing of the later ones", async () => {
    const chat = await named("Alice", "Bob");
    expect(await chat.say("/fork")).toEqual(["1  My name is Alice.", "2  My name is Bob."]);
    await chat.say("/fork 1");
    expect(await chat.say("What is my name?")).toEqual([expect.stringContaining("Alice")]);
    expect(await chat.say("/fork")).toEqual(["1  My name is Alice.", "2  What is my name?"]);
    chat.type("/fork 3\r");
    await chat.sees("There is no answer 3: they count from 1 to 2.");
    await chat.ends();
  });
});

describe("/retry", () => {
  it("asks again beside the last answer, which is no part of what is sent", async () => {
    const chat = await named("Alice");
    service.emulator.model.add({ match: "Tell me", reply: "First.", user: chat.user.id, count: 1 });
    expect(await chat.say("Tell me something.")).toEqual(["First."]);
    service.emulator.model.add({ match: "Tell me", reply: "Second.", user: chat.user.id });
    expect(await chat.say("/retry")).toEqual(["Second."]);
    expect(chat.sent).toContain("Alice");
    expect(chat.sent).not.toContain("First.");
    await chat.say("And?");
    expect(chat.sent).not.toContain("First.");
    expect(chat.sent).toContain("Second.");
    await chat.ends();
  });

  it("sends again what has failed", async () => {
    const chat = await named("Alice");
    const fail = { reason: "provider_error" } as const;
    service.emulator.model.add({ match: "What is my name", fail, user: chat.user.id, count: 1 });
    await chat.isAsked();
    chat.type("What is my name?\r");
    await chat.sees("/retry sends it again");
    expect(await chat.say("/retry")).toEqual([expect.stringContaining("Alice")]);
    expect(await chat.say("/fork")).toEqual(["1  My name is Alice.", "2  What is my name?"]);
    await chat.ends();
  });

  it("says so where nothing was asked", async () => {
    const chat = await Chatting.start(service);
    await chat.isAsked();
    chat.type("/retry\r");
    await chat.sees("Nothing has been asked yet.");
    await chat.ends();
  });
});

describe("/save and /title", () => {
  it("write the conversation as Markdown, and replace a file only with !", async () => {
    const chat = await named("Alice");
    const path = join(chat.shell.shell.cwd, "names.md");
    expect(await chat.say("/title Names\u001b[31m of people")).toHaveLength(1);
    await chat.say("/title Names of people");
    expect(await chat.say("/title")).toEqual(["Names of people"]);
    expect((await chat.say("/save names.md")).join("")).toContain("names.md");
    const saved = await readFile(path, "utf8");
    expect(saved).toMatch(/^# Names of people\n\n## You\n\nMy name is Alice\.\n\n## Flowith \(gpt-4\.1-nano\)\n\n/);
    await writeFile(path, "mine");
    await chat.isAsked();
    chat.type("/save names.md\r");
    await chat.sees("names.md is there already.");
    expect(await readFile(path, "utf8")).toBe("mine");
    await chat.say("/save! names.md");
    expect(await readFile(path, "utf8")).toBe(saved);
    await chat.say("/save missing/names.md");
    expect(await readFile(join(chat.shell.shell.cwd, "missing", "names.md"), "utf8")).toBe(saved);
    await chat.say("/save missing");
    expect(await readdir(join(chat.shell.shell.cwd, "missing"))).toContainEqual(
      expect.stringMatching(/^conversation-[\da-f]{8}\.md$/),
    );
    await chat.isAsked();
    chat.type("/save names.md/inner/more.md\r");
    await chat.sees("a part of the path is a file, and no folder.");
    expect(chat.shell.stderr).not.toMatch(/E[A-Z]{4,}/);
    await chat.ends();
    const files = await readdir(chat.shell.shell.cwd, { recursive: true });
    expect(files.filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});

describe("/image and /video", () => {
  it("save a picture, which the conversation knows of", async () => {
    const chat = await Chatting.start(service, ["--output", "pictures"]);
    const shown = (await chat.say("/image a ripe banana")).join("");
    const [file = ""] = await readdir(join(chat.shell.shell.cwd, "pictures"));
    expect(shown).toBe(join(chat.shell.shell.cwd, "pictures", file));
    await chat.say("What did you draw?");
    expect(chat.sent).toContain("image_url");
    await chat.ends();
  });

  it("tell where a picture is that cannot be saved", async () => {
    const chat = await Chatting.start(service);
    await writeFile(join(chat.shell.shell.cwd, "flowith-media"), "a file where a folder should be");
    const shown = (await chat.say("/image a ripe banana")).join("");
    expect(shown).toMatch(/^The picture is made, and is not saved:http:/);
    await chat.ends();
  });

  it("leave the wait at Ctrl-C, and say how it is taken up", async () => {
    const chat = await Chatting.start(service);
    await chat.isAsked();
    chat.type("/video a cat\r");
    expect(await service.emulator.journal.waitFor({ user: chat.user.id, route: "POST /video/async" })).toBeDefined();
    chat.type("\u0003");
    await chat.sees("Stopped waiting; the clip is still being made.");
    expect(chat.lines.join("\n")).toMatch(/\nflowith jobs wait [\da-f-]{36}\n/);
    expect((await chat.ends()).exitCode).toBe(0);
  });
});

describe("/upload", () => {
  it("attaches a picture and a file to the next message, and to no other", async () => {
    const chat = await Chatting.start(service);
    const { cwd } = chat.shell.shell;
    await mkdir(join(cwd, "my files"));
    await writeFile(join(cwd, "my files", "dot.png"), png);
    await writeFile(join(cwd, "notes.txt"), "The password is swordfish.");
    expect(await chat.say("/upload 'my files/dot.png'")).toEqual(["dot.png goes with the next message."]);
    expect(await chat.say("/upload notes.txt")).toEqual(["notes.txt goes with the next message."]);
    await chat.say("What is this?");
    expect(chat.sent).toContain("image_url");
    expect(chat.sent).toContain("[[file:txt|notes.txt|");
    expect(await chat.say("/fork")).toEqual(["1  [notes.txt] What is this?"]);
    await chat.say("/save chat.md");
    expect(await readFile(join(cwd, "chat.md"), "utf8")).toMatch(/## You\n\n\[notes\.txt\]\(http\S+\)\nWhat is this\?/);
    const { length } = chat.sent.split("image_url");
    await chat.say("And this?");
    expect(chat.sent.split("image_url")).toHaveLength(length);
    chat.type("/upload missing.png\r");
    await chat.sees("missing.png");
    await chat.sees("✗");
    await chat.ends();
  });
});

describe("/model and /credits", () => {
  it("answers by another model, and by one that is not listed only where it must", async () => {
    const chat = await Chatting.start(service);
    await chat.say("/model gpt-4.1");
    await chat.say("Hello");
    expect(chat.sent).toContain('"model":"gpt-4.1"');
    const listed = (await chat.say("/model")).join("\n");
    expect(listed).toContain("gpt-4.1 (used)");
    expect(listed).not.toContain("image");
    await chat.isAsked();
    chat.type("/model gpt-4.1-nan\r");
    await chat.sees("Near it: gpt-4.1-nano");
    await chat.say("Hello");
    expect(chat.sent).toContain('"model":"gpt-4.1"');
    await chat.isAsked();
    chat.type("/model gpt-image-2\r");
    await chat.sees("does not answer in words");
    await chat.say("/model! gpt-4.1-nan");
    chat.type("Hello\r");
    await chat.isAsked();
    expect(chat.sent).toContain('"model":"gpt-4.1-nan"');
    expect(await chat.say("/credits")).toEqual([expect.stringMatching(/^[\d,]+ credits left$/)]);
    await chat.ends();
  });
});

describe("--model", () => {
  it("is looked up before anything is typed", async () => {
    const chat = await Chatting.start(service, ["--model", "gpt-4.1-nan", "Hello"]);
    const { exitCode, stderr } = await chat.ends();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Near it: gpt-4.1-nano");
    expect(chat.sent).toBe("");
  });
});

describe("--conversation", () => {
  it("takes a conversation up at its newest answer, with the last turns shown", async () => {
    const user = await service.user();
    const first = await Chatting.start(service, [], { user });
    for (const name of ["Alice", "Bob", "Carol"]) await first.say(`My name is ${name}.`);
    await first.say("/title Names");
    const [, id = ""] = /--conversation ([\da-f-]{36})/.exec((await first.ends()).stdout) ?? [];
    const chat = await Chatting.start(service, ["-c", id, "--max-turns", "1"], { user, columns: 40 });
    await chat.isAsked();
    expect(chat.lines[0]).toBe("Names 3 turns");
    expect(chat.lines.join("\n")).not.toContain("Alice");
    expect(chat.lines).toEqual(expect.arrayContaining(["› My name is Bob.", "› My name is Carol."]));
    expect((await chat.say("What is my name?")).join(" ")).toContain("Carol");
    expect(chat.sent).not.toContain("Bob");
    expect((await chat.say("/fork")).slice(0, 2)).toEqual(["1  My name is Alice.", "2  My name is Bob."]);
    expect((await chat.ends()).stdout).toContain(`flowith chat --conversation ${id}`);
  });

  it("is short enough for a narrow terminal in what is said at the end", async () => {
    const user = await service.user();
    const first = await Chatting.start(service, ["Hello"], { user, columns: 40 });
    await first.isAsked();
    const [, id = ""] = /flowith chat --conversation ([\da-f]{8})(?![-\da-f])/.exec((await first.ends()).stdout) ?? [];
    const again = await Chatting.start(service, ["-c", id], { user, columns: 40 });
    await again.sees("1 turn");
    await again.ends();
  });

  it("ends at once where there is none", async () => {
    const chat = await Chatting.start(service, ["-c", "00000000-0000-4000-8000-000000000000"]);
    const { exitCode, stderr } = await chat.ends();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("00000000-0000-4000-8000-000000000000");
  });
});
