import { mkdir, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileSessionStore } from "flowith-webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Chatting } from "../testing/chatting.ts";
import { CliEmulator } from "../testing/emulator.ts";

let service: CliEmulator;
beforeAll(async () => {
  // loaded here, since the first test would have to wait for it
  [service] = await Promise.all([CliEmulator.start(), import("../actions/chat/interactive-chat.ts")]);
  Object.assign(service.emulator.settings, { firstEventMs: 0, fragmentMs: 1, imageMs: 1, videoMs: 1 });
  const { model } = service.emulator;
  model.add({ match: "tide", reply: "It **rises** and `falls`.", reasoning: "The moon, I think." });
  model.add({ match: "endless", reply: "word ".repeat(20_000), delayMs: 20 });
  model.add({ match: "forbidden", fail: { reason: "content_policy" } });
});
afterAll(() => service[Symbol.asyncDispose]());

describe("an answer in the chat", () => {
  it("is shown as Markdown, and the next message knows of it", async () => {
    const chat = await Chatting.start(service);
    expect(await chat.say("What is a tide?")).toEqual([
      expect.stringMatching(/^thought for \d+ s, \/think shows it$/),
      "It rises and falls.",
    ]);
    await chat.say("My name is Alice.");
    expect(await chat.say("What is my name?")).toEqual([expect.stringContaining("Alice")]);
    expect(chat.sent).toContain("It **rises** and `falls`.");
    const { exitCode, stdout, stderr } = await chat.ends();
    expect({ exitCode, stderr: stderr.replace(/\r[^\n]*/g, "") }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/flowith chat --conversation [\da-f-]{36}/);
  });

  it("comes to the prompt of the command line first", async () => {
    const chat = await Chatting.start(service, ["What", "is a tide?"]);
    await chat.sees("It rises and falls.");
    expect(chat.lines).toContain("› What is a tide?");
    expect((await chat.ends()).exitCode).toBe(0);
  });

  it("shows its reasoning again, or never", async () => {
    const chat = await Chatting.start(service);
    await chat.say("What is a tide?");
    expect(await chat.say("/think")).toEqual(["The moon, I think."]);
    await chat.ends();
    const other = await Chatting.start(service, ["--no-reasoning"]);
    expect(await other.say("What is a tide?")).toEqual(["It rises and falls."]);
    await other.ends();
    expect(other.shell.stdout).not.toContain("The moon");
  });

  it("is shown whole where the service changes it at its end", async () => {
    const chat = await Chatting.start(service);
    service.emulator.faults.arm({ type: "final-text", result: "It **ebbs**.", user: chat.user.id });
    const [, , ...changed] = await chat.say("What is a tide?");
    expect(changed).toEqual(["The service has changed its answer at the end. The whole of it:", "It ebbs."]);
    await chat.ends();
  });

  it("stops at Ctrl-C, and the conversation goes on without it", async () => {
    const chat = await Chatting.start(service);
    await chat.say("My name is Alice.");
    await chat.isAsked();
    chat.type("endless\r");
    await chat.sees("word word word");
    chat.type("What is my na\u0003");
    await chat.sees("stopped; the next message does not know of it.");
    expect(await chat.say("What is my name?")).toEqual([expect.stringContaining("Alice")]);
    expect(chat.sent).not.toContain("endless");
    expect((await chat.ends()).exitCode).toBe(0);
  });

  it("stops at a SIGINT from elsewhere, too", async () => {
    const chat = await Chatting.start(service, ["endless"]);
    await chat.sees("word word word");
    chat.shell.interrupt();
    await chat.sees("stopped;");
    expect((await chat.ends()).exitCode).toBe(0);
  });

  it("is not mixed with what is typed meanwhile, which is the next message", async () => {
    const chat = await Chatting.start(service, ["What is a tide?"]);
    chat.type("What is the capital of Poland?\r");
    await chat.sees("Warsaw");
    const at = chat.lines.indexOf("It rises and falls.");
    expect(chat.lines[at + 1]).toBe("› What is the capital of Poland?");
    await chat.ends();
  });
});

describe("what is typed in the chat", () => {
  it("has several lines behind backslashes, between quotes, and pasted", async () => {
    const chat = await Chatting.start(service);
    await chat.isAsked();
    chat.type("one\\\r");
    await chat.sees("…");
    chat.type("two\r");
    await chat.isAsked();
    expect(chat.sent).toContain('"one\\ntwo"');
    chat.type('"""three\r');
    chat.type("\r");
    chat.type('four"""\r');
    await chat.sees("four");
    await chat.isAsked();
    expect(chat.sent).toContain('"three\\n\\nfour"');
    for (const part of ["\u001b[20", "0~five\r\n\tsix\nseven", "\n\u001b[201", "~ end\r"]) chat.type(part);
    await chat.sees("seven");
    await chat.isAsked();
    expect(chat.sent).toContain('"five\\n\\tsix\\nseven end"');
    await chat.ends();
  });

  it("is cleared by Ctrl-C, which ends the chat the second time on an empty line", async () => {
    const chat = await Chatting.start(service);
    await chat.isAsked();
    chat.type("Never mind");
    await chat.sees("› Never mind");
    chat.type("\u0003");
    await chat.isAsked();
    chat.type("\u0003");
    await chat.sees("Ctrl-C again, or Ctrl-D, ends the chat.");
    await chat.say("What is the capital of Poland?");
    expect(chat.sent).not.toContain("Never mind");
    chat.type("\u0003");
    await chat.isAsked();
    chat.type("\u0003");
    const { exitCode } = await chat.ends();
    expect(exitCode).toBe(0);
  });

  it("is remembered for the next chat in a file of its owner's, but for secrets", async () => {
    const chat = await Chatting.start(service);
    const env = chat.shell.shell.env;
    await chat.say("What is the capital of Poland?");
    await chat.say("My token: abcdef");
    await chat.ends();
    const path = join(env.FLOWITH_HOME ?? "", "state", "chat-history");
    expect(await readFile(path, "utf8")).toBe("What is the capital of Poland?\n");
    expect((await stat(path)).mode & 0o777).toBe(0o600);

    await writeFile(path, Array.from({ length: 1_500 }, (_, i) => `line ${i}\n`).join(""));
    const next = await Chatting.start(service, [], { env });
    await next.isAsked();
    next.type("\u001b[A");
    await next.sees("› line 1499");
    next.type("\u0003");
    await next.say("/credits");
    await next.ends();
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([1_000, "line 501", "/credits"]);

    const third = await Chatting.start(service, ["--no-history"], { env });
    await third.say("What is a tide?");
    await third.ends();
    expect(await readFile(path, "utf8")).not.toContain("tide");
  });

  it("is not remembered where nothing can be written, and the chat goes on", async () => {
    const chat = await Chatting.start(service);
    const home = chat.shell.shell.env.FLOWITH_HOME ?? "";
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "state"), "a file where a folder should be");
    await chat.say("What is a tide?");
    await chat.say("What is a tide?");
    const { stderr } = await chat.ends();
    expect(stderr.match(/is not remembered for the next chat/g)).toHaveLength(1);
  });

  it("is completed by Tab", async () => {
    const chat = await Chatting.start(service);
    await writeFile(join(chat.shell.shell.cwd, "photograph.png"), "");
    await writeFile(join(chat.shell.shell.cwd, "pho\u001b[31m.png"), "");
    await chat.isAsked();
    chat.type("/up\t");
    await chat.sees("› /upload");
    chat.type("pho\t");
    await chat.sees("› /upload photograph.png");
    chat.type("\u0003");
    await chat.isAsked();
    chat.type("/model gpt-4.1-n\t");
    await chat.sees("› /model gpt-4.1-nano");
    chat.type("\u0003");
    await chat.ends();
  });
});

describe("what goes wrong in the chat", () => {
  it.each([
    ["a limit", { type: "status", status: 429, headers: { "retry-after": "120" } }, "in 120 s or later"],
    ["no credits", { type: "status", status: 402 }, "/credits shows what is left"],
    ["a failing server", { type: "status", status: 400, body: '{"message":"no"}' }, "answered 400"],
  ] as const)("is told, and the chat goes on: %s", async (_, fault, told) => {
    const chat = await Chatting.start(service);
    service.emulator.faults.arm({ ...fault, route: "POST /completion/async", user: chat.user.id });
    await chat.isAsked();
    chat.type("What is a tide?\r");
    await chat.sees(told);
    expect(await chat.say("What is the capital of Poland?")).toEqual([expect.stringContaining("Warsaw")]);
    expect((await chat.ends()).exitCode).toBe(0);
  });

  it("is told where the service refuses a prompt", async () => {
    const chat = await Chatting.start(service, ["forbidden"]);
    await chat.sees("Say it in other words.");
    expect((await chat.ends()).exitCode).toBe(0);
  });

  it("is told where the session is over", async () => {
    const chat = await Chatting.start(service);
    await chat.isAsked();
    service.emulator.faults.arm({ type: "status", status: 401, route: "*", user: chat.user.id, count: 0 });
    service.emulator.faults.arm({ type: "status", status: 400, route: "POST /auth/v1/token", count: 1 });
    chat.type("What is a tide?\r");
    await chat.sees("End the chat, set a fresh FLOWITH_TOKEN");
    expect((await chat.ends()).exitCode).toBe(0);
  });

  it("is mended by a sign-in elsewhere", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowith-chat-"));
    const store = fileSessionStore(join(folder, "session.json"));
    const user = await service.user();
    const expiresAtMs = Date.now() - 1_000;
    await store.save({ accessToken: `${user.token}old`, refreshToken: "dead", expiresAtMs, userId: user.id });
    const env = { FLOWITH_TOKEN: undefined, FLOWITH_REFRESH_TOKEN: undefined };
    const chat = await Chatting.start(service, [], {
      user,
      env: { ...env, FLOWITH_SESSION_FILE: join(folder, "session.json") },
    });
    await chat.isAsked();
    chat.type("What is a tide?\r");
    await chat.sees("Sign in with `flowith login` in another terminal");
    const session = { accessToken: user.token, refreshToken: user.refreshToken, userId: user.id };
    await store.save({ ...session, expiresAtMs: Date.now() + 3_600_000 });
    expect(await chat.say("/retry")).toContain("It rises and falls.");
    await chat.ends();
  });

  it("ends with 3 before anything is typed where nobody is signed in", async () => {
    const chat = await Chatting.start(service, [], {
      env: { FLOWITH_TOKEN: undefined, FLOWITH_REFRESH_TOKEN: undefined },
    });
    const { exitCode, stderr } = await chat.ends();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: "flowith: Nobody is signed in as profile default.\nSign in: flowith login\n",
    });
  });

  it("ends with 2 before anything is typed where a picture is missing", async () => {
    const chat = await Chatting.start(service, ["--image", "missing.png"]);
    const { exitCode, stderr } = await chat.ends();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("missing.png");
  });

  it("names the command that is near, and takes two slashes for one of the message's own", async () => {
    const chat = await Chatting.start(service);
    await chat.isAsked();
    chat.type("/modle\r");
    await chat.sees("There is no command /modle. Did you mean /model?");
    await chat.isAsked();
    await chat.say("//modle");
    expect(chat.sent).toContain('"/modle"');
    await chat.say("/etc/hosts is what?");
    expect(chat.sent).toContain("/etc/hosts is what?");
    await chat.ends();
  });
});
