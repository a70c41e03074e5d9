import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell, type TestShellOptions } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

const password = "correct horse battery";
let count = 0;

async function member(): Promise<{ id: string; email: string }> {
  count += 1;
  return service.emulator.createUser({ email: `password-${count}@example.com`, password });
}

function signedOut(options: TestShellOptions = {}): Promise<TestShell> {
  return TestShell.onEmulator(service.emulator, undefined, options);
}

const homeOf = (shell: TestShell): string => shell.shell.env.FLOWITH_HOME ?? "";

describe("login --email", () => {
  it("takes the password from a pipe, and keeps session and addresses for their owner alone", async () => {
    const { id, email } = await member();
    const shell = await signedOut({ input: `${password}\n` });
    expect(await shell.json("login", "--email", email, "--password-stdin", "--profile", "work")).toMatchObject({
      userId: id,
      profile: "work",
    });
    const file = join(homeOf(shell), "sessions", "work.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { edgeUrl, supabaseUrl } = service.emulator;
    expect(JSON.parse(await readFile(join(homeOf(shell), "config.json"), "utf8"))).toMatchObject({
      profiles: { work: { edgeUrl, supabaseUrl } },
    });
    // the addresses are remembered: without the environment it is the same service
    const bare = new TestShell({ env: { FLOWITH_HOME: homeOf(shell) } });
    expect(await bare.json("whoami", "--profile", "work")).toMatchObject({ userId: id, email });
  });

  it("asks for all in a terminal, and shows no password", async () => {
    const { email } = await member();
    const shell = await signedOut({ isTerminal: true, env: { NO_COLOR: "1" } });
    const running = shell.run("login");
    const say = async (question: string, answer: string): Promise<void> => {
      await vi.waitUntil(() => shell.stderr.includes(question), { timeout: 50_000 });
      for (const key of answer) shell.stdin.write(key);
      shell.stdin.write("\r");
    };
    await vi.waitUntil(() => shell.stderr.includes("How do you want"), { timeout: 50_000 });
    shell.stdin.write("\u001b[B");
    await say("By e-mail", "");
    await say("E-mail\n", email);
    await say("Password", password);
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Signed in as ${email}`);
    expect(shell.stderr).not.toContain(password);
  });

  it("ends on Ctrl-C at a question with 130", async () => {
    const shell = await signedOut({ isTerminal: true });
    const running = shell.run("login");
    await vi.waitUntil(() => shell.stderr.includes("How do you want"), { timeout: 50_000 });
    shell.stdin.write("\u0003");
    expect((await running).exitCode).toBe(130);
  });

  it("says that the password is wrong, and what an account without one needs", async () => {
    const { email } = await member();
    const shell = await signedOut({ input: "wrong" });
    const { exitCode, stderr } = await shell.run("login", "--email", email, "--password-stdin");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("The e-mail or the password is wrong.");
    expect(stderr).toContain("--browser");
    expect(await readdir(join(homeOf(shell), "sessions"))).toEqual([]);
  });

  it("says that the e-mail is not confirmed", async () => {
    const body = { code: 400, error_code: "email_not_confirmed", msg: "Email not confirmed" };
    service.emulator.faults.arm({ type: "status", route: "POST /auth/v1/token", status: 400, body });
    const shell = await signedOut({ input: password });
    const { exitCode, stderr } = await shell.run("login", "--email", "new@example.com", "--password-stdin");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("not confirmed yet");
  });

  it("ends with 5 where the service cannot be reached", async () => {
    const shell = await signedOut({ input: password, env: { FLOWITH_SUPABASE_URL: "http://127.0.0.1:1026" } });
    const { exitCode, stderr } = await shell.run("login", "--email", "a@example.com", "--password-stdin");
    expect(exitCode).toBe(5);
    expect(stderr).toContain("cannot be reached");
    expect(stderr).not.toContain("supabaseUrl");
  });

  it("asks nobody where the session could not be kept", async () => {
    const { email } = await member();
    const shell = await signedOut({ input: password });
    await mkdir(homeOf(shell));
    await writeFile(join(homeOf(shell), "sessions"), "a file in the place of the folder");
    const { exitCode, stderr } = await shell.run("login", "--email", email, "--password-stdin");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The session cannot be kept in ${join(homeOf(shell), "sessions")}`);
    expect(service.emulator.journal.list({ route: "POST /auth/v1/token" }).join()).not.toContain(email);
  });

  it("says what is missing without a terminal, and sends nothing", async () => {
    const shell = await signedOut();
    const none = await shell.run("login");
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain("--token-stdin");
    const noPassword = await shell.run("login", "--email", "a@example.com");
    expect(noPassword.exitCode).toBe(2);
    expect(noPassword.stderr).toContain("--password-stdin");
    const several = await shell.run("login", "--email", "a@example.com", "--browser");
    expect(several.exitCode).toBe(2);
    expect(several.stderr).toContain("several ways");
  });

  it("keeps both profiles of two programs that sign in at once", async () => {
    const members = [await member(), await member()];
    const { env, cwd } = (await signedOut()).shell;
    const logins = members.map(({ email }, i) =>
      new TestShell({ env, cwd, input: password }).json(
        "login",
        "--email",
        email,
        "--password-stdin",
        "--profile",
        `p${i}`,
      ),
    );
    await Promise.all(logins);
    const shell = new TestShell({ env, cwd });
    const { supabaseUrl } = service.emulator;
    expect(await shell.json("profiles", "ls")).toMatchObject({
      profiles: members.map(({ id }, i) => ({ name: `p${i}`, userId: id, supabaseUrl })),
    });
  });
});
