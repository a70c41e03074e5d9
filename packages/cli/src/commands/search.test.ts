import type { Fault } from "@flowith-webapi/emulator";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell, type TestShellOptions } from "../testing/run-cli.ts";

const SEEK = "POST /external/use/knowledge-base/seek";
const FERRY = "The ferry leaves the harbour at 7:30 and 15:00, and takes 40 minutes to the island.";
const QUESTION = "When does the ferry leave?";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

/** Somebody with a knowledge base and a key, and without a session: the key is enough. */
async function reader({ env, ...options }: TestShellOptions = {}, text = FERRY) {
  const user = await service.user();
  const { id } = await service.emulator.createKnowledgeBase({
    userId: user.id,
    documents: [{ title: "Ferry.md", text }],
  });
  const shell = await TestShell.onEmulator(service.emulator, undefined, {
    ...options,
    env: { FLOWITH_API_KEY: ` ${user.apiKey}\n`, ...env },
  });
  return { user, id, shell };
}

function lastQuestion(): unknown {
  const posts = service.emulator.journal.list().filter(({ method, path }) => `${method} ${path}` === SEEK);
  return JSON.parse(String(posts.at(-1)?.body));
}

describe("search", () => {
  it("writes the answer, and below it the sources with how they begin", async () => {
    const { shell, id } = await reader();
    const { exitCode, stdout, stderr } = await shell.run("search", "-k", id, ...QUESTION.split(" "));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      /7:30[\s\S]*\n\n\[1\] Ferry\.md \(\d+ tokens?\)\n {4}The ferry leaves the harbour at 7:30 .*…\n$/,
    );
  });

  it("leaves the sources out", async () => {
    const { shell, id } = await reader();
    const { stdout } = await shell.run("search", "--no-sources", "-k", id, QUESTION);
    expect(stdout).toMatch(/7:30/);
    expect(stdout).not.toContain("Ferry.md");
    expect(await shell.json("search", "--no-sources", "-k", id, QUESTION)).toMatchObject({ sources: [] });
  });

  it("gives whole passages to programs", async () => {
    const { shell, id } = await reader();
    expect(await shell.json("search", "-k", id, QUESTION)).toEqual({
      text: expect.stringContaining("7:30"),
      sources: [
        {
          id: expect.any(String),
          title: "Ferry.md",
          text: FERRY,
          sourceId: expect.any(String),
          order: expect.any(Number),
          tokens: expect.any(Number),
        },
      ],
    });
  });

  it("sends all knowledge bases and the model, and what is piped in below the question", async () => {
    const { shell, id, user } = await reader({ input: QUESTION });
    const other = await service.emulator.createKnowledgeBase({
      userId: user.id,
      documents: [{ title: "B", text: "B" }],
    });
    const bases = ["--knowledge-base", id, "--knowledge-base", other.id];
    await shell.json("search", ...bases, "--model", "gpt-4.1-mini", "Answer this:");
    expect(lastQuestion()).toMatchObject({
      kb_list: [id, other.id],
      model: "gpt-4.1-mini",
      messages: [{ role: "user", content: `Answer this:\n\n${QUESTION}` }],
    });
  });

  it("obeys no escape sequence of a document in a terminal", async () => {
    const { shell, id } = await reader(
      { isTerminal: true, columns: 40 },
      `The ferry \u001b]0;owned\u0007leaves at 7:30.`,
    );
    const { exitCode, stdout } = await shell.run("search", "--no-color", "-k", id, QUESTION);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("leaves at 7:30.");
    for (const sent of ["\u001b", "owned"]) expect(stdout).not.toContain(sent);
  });
});

describe("search ends", () => {
  it("with 3, where to get a key, and no request, where there is none", async () => {
    const { shell, id } = await reader({ env: { FLOWITH_API_KEY: "  " } });
    const before = service.emulator.journal.list().length;
    const { exitCode, stdout, stderr } = await shell.run("search", "-k", id, QUESTION);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toMatch(/API key[\s\S]*settings of the web app[\s\S]*FLOWITH_API_KEY/);
    expect(service.emulator.journal.list()).toHaveLength(before);
  });

  it("with 3 for a key that is refused, and speaks of no sign-in", async () => {
    const { shell, id } = await reader({ env: { FLOWITH_API_KEY: "flo_0000000000000000" } });
    const { exitCode, stderr } = await shell.run("search", "-k", id, QUESTION, "--json");
    expect(exitCode).toBe(3);
    const { error } = v.parse(v.object({ error: v.record(v.string(), v.string()) }), JSON.parse(stderr));
    expect(error).toMatchObject({ code: "authentication", hint: expect.stringContaining("FLOWITH_API_KEY") });
    expect(stderr).not.toMatch(/flowith login|flo_0000/);
  });

  it.each([
    ["no question", ["  "], /empty/],
    ["what is no id", ["-k", "mine", QUESTION], /--knowledge-base: Expected/],
  ])("with 2 for %s", async (_name, args, message) => {
    const { shell } = await reader();
    const { exitCode, stdout, stderr } = await shell.run("search", ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it.each<[number, number]>([
    [402, 4],
    [500, 5],
  ])("an answer of %i with %i", async (status, code) => {
    const { shell, id, user } = await reader();
    const fault: Fault = { type: "status", route: SEEK, status, user: user.email, count: 0 };
    service.emulator.faults.arm(fault);
    const { exitCode, stdout } = await shell.run("search", "-k", id, QUESTION);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" });
  });
});
