import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start({ imageMs: 20 });
});
afterAll(() => service[Symbol.asyncDispose]());

const UNKNOWN_ID = "4f1d22ab-5a3e-4f6e-8a2b-0c9f5f0c1d2e";
/** Of nobody, and long over. */
const DEAD_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIiwiZXhwIjoxMDAwfQ.eA";

describe("without a session", () => {
  it.each([
    ["text", "Hi"],
    ["chat", "Hi"],
    ["image", "A boat"],
    ["events"],
    ["upload", "x.png"],
    ["credits"],
    ["conversations", "ls"],
    ["whoami"],
  ])("flowith %s %s ends with 3 and the words of whoami, and begins nothing", async (...args) => {
    const shell = await TestShell.onEmulator(service.emulator);
    const { id = 0 } = service.emulator.journal.list().at(-1) ?? {};
    const words = "Nobody is signed in as profile default.";
    expect(await shell.run(...args.filter((arg) => arg !== undefined))).toEqual({
      exitCode: 3,
      stdout: "",
      stderr: `flowith: ${words}\nSign in: flowith login\n`,
    });
    const { stderr } = await shell.run(...args, "--json");
    expect(JSON.parse(stderr)).toEqual({
      error: { code: "authentication", message: words, hint: "Sign in: flowith login" },
    });
    expect(service.emulator.journal.list().filter((entry) => entry.id > id)).toEqual([]);
  });

  it("says whose session is over, and of no option of the SDK", async () => {
    const shell = await TestShell.onEmulator(service.emulator, { token: DEAD_TOKEN, refreshToken: "" });
    for (const args of [["events"], ["text", "Hi"], ["credits"]]) {
      const { exitCode, stderr } = await shell.run(...args);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^flowith: The session of FLOWITH_TOKEN is over\./);
      expect(stderr).not.toMatch(/refreshToken|Pass |\[warn\]/);
    }
  });
});

describe("what is not there", () => {
  it.each([
    ["models", "gpt-4.1-nanoo"],
    ["templates", "show", "nothing"],
    ["jobs", "show", "abcdefgh"],
    ["jobs", "wait", "abcdefgh"],
    ["profiles", "use", "nobody"],
    ["conversations", "show", "4f1d22ab"],
    ["conversations", "show", UNKNOWN_ID],
    ["conversations", "tree", UNKNOWN_ID],
    ["conversations", "rename", UNKNOWN_ID, "Title"],
    ["conversations", "export", UNKNOWN_ID, "--output", "kept"],
  ])("flowith %s %s ends with 2 and the code not_found", async (...args) => {
    const shell = await service.shell();
    const { exitCode, stdout, stderr } = await shell.run(...args, "--json");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "not_found" } });
  });

  it("names models that are near, also where the service has refused one", async () => {
    const shell = await service.shell();
    const listed = await shell.run("models", "gpt-4.1-nanoo");
    expect(listed.stderr).toContain("Near it: gpt-4.1-nano.");
    for (const command of ["text", "chat"]) {
      const { exitCode, stderr } = await shell.run(command, "--model", "gpt-4.1-nanoo", "Hi");
      expect(exitCode).toBe(2);
      expect(stderr).toContain('The catalogue has no model "gpt-4.1-nanoo"; near it: gpt-4.1-nano.');
    }
  });
});

describe("a wrong setting", () => {
  it.each(["FLOWITH_EDGE_URL", "FLOWITH_SUPABASE_URL"])(
    "ends with 2 for a port of %s that nothing is sent to",
    async (name) => {
      const shell = await TestShell.onEmulator(service.emulator, undefined, {
        env: { [name]: "http://127.0.0.1:6000" },
      });
      const { exitCode, stderr } = await shell.run("models");
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`${name}: nothing is sent to port 6000`);
    },
  );

  it("is named as it is set, and so is an address where nobody answers", async () => {
    const wrong = await TestShell.onEmulator(service.emulator);
    expect((await wrong.run("models", "--edge-url", "nonsense")).stderr).toContain(
      "--edge-url (FLOWITH_EDGE_URL): Expected",
    );
    const { exitCode, stderr } = await wrong.run("models", "--edge-url", "http://127.0.0.1:1026");
    expect(exitCode).toBe(5);
    expect(stderr).toContain("Check the network, and --edge-url (FLOWITH_EDGE_URL) where it is set.");
    expect(stderr).not.toContain("option");
  });
});

describe("stderr with --json", () => {
  const lines = (stderr: string): unknown[] =>
    stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  it.each([["jobs"], ["profiles"], ["conversations"]])("is JSON where %s has no command behind it", async (name) => {
    const { exitCode, stdout, stderr } = await new TestShell().run(name, "--json");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(lines(stderr)).toMatchObject([{ error: { code: "usage", message: "A command is missing." } }]);
  });

  it("has notes and log lines as JSON", async () => {
    const shell = await service.shell();
    const { stdout, stderr } = await shell.run("models", "no", "such", "--json", "--verbose");
    expect(JSON.parse(stdout)).toEqual([]);
    expect(lines(stderr)).toEqual([
      { log: expect.objectContaining({ level: "debug", message: "flowith request", what: "GET /models" }) },
      { note: expect.stringContaining("No model is like that.") },
    ]);
  });
});

describe("a mistyped command", () => {
  it("names what is near on a line of its own, and nothing that is far", async () => {
    const shell = new TestShell();
    expect((await shell.run("modls")).stderr).toBe("flowith: unknown command 'modls'\nDid you mean models?\n");
    const { stderr } = await shell.run("bogus", "--json");
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: "usage",
        message: "unknown command 'bogus'",
        hint: "`flowith --help` lists the commands.",
      },
    });
  });
});

describe("in a terminal", () => {
  it("breaks errors between words", async () => {
    const shell = await TestShell.onEmulator(service.emulator, undefined, { isTerminal: true, columns: 40 });
    const { stderr } = await shell.run("models", "--edge-url", "http://127.0.0.1:6000");
    expect(stderr).toContain("flowith: --edge-url: nothing is sent to\nport 6000,");
    expect(Math.max(...stderr.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(40);
  });

  it("says once that requests are sent again, and nothing of it to programs", async () => {
    const person = await service.shell({ isTerminal: true });
    const html = () => service.emulator.faults.arm({ type: "html", route: "GET /models", count: 2 });
    html();
    const { exitCode, stderr } = await person.run("models");
    expect(exitCode).toBe(0);
    expect(stderr.match(/trying again/g)).toHaveLength(1);
    html();
    const program = await service.shell();
    expect(await program.run("models")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
