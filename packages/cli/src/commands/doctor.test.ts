import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";
import { Flowith, fileSessionStore } from "flowith-webapi";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

const QUICK = { heartbeatMs: 100, firstEventMs: 100, imageMs: 300 };
const ALL = ["--timeout", "60", "--write", "--spend", "--yes", "--origin", "http://127.0.0.1:5173"];

const resultShape = v.looseObject({
  isInterrupted: v.boolean(),
  summary: v.looseObject({ holds: v.number(), differs: v.number(), unknown: v.number() }),
  findings: v.array(v.looseObject({ id: v.string(), status: v.string() })),
});

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start(QUICK);
});
afterAll(() => service[Symbol.asyncDispose]());

/** A user whose session is kept in a file, as after `flowith login`. */
async function signedInByFile(isTerminal = false, columns = 80) {
  const user = await service.user();
  const folder = await mkdtemp(join(tmpdir(), "flowith-doctor-"));
  const file = join(folder, "session.json");
  const { token: accessToken, refreshToken, id: userId } = user;
  await fileSessionStore(file).save({ accessToken, refreshToken, userId, expiresAtMs: Date.now() + 3_000_000 });
  const env = { FLOWITH_SESSION_FILE: file, FLOWITH_API_KEY: user.apiKey };
  const shell = await TestShell.onEmulator(service.emulator, undefined, { env, isTerminal, columns, cwd: folder });
  return { user, shell, folder, file };
}

function findingsOf(stdout: string): { id: string; status: string }[] {
  return v.parse(resultShape, JSON.parse(stdout)).findings;
}

describe("doctor", () => {
  it("finds nothing on a healthy service, with jobs, writing and a page's origin", async () => {
    const { shell, file, user } = await signedInByFile();
    const { exitCode, stdout, stderr } = await shell.run("doctor", "--json", ...ALL);
    expect(findingsOf(stdout).filter(({ status }) => status === "differs")).toEqual([]);
    // an account of a minute ago has no conversation
    const unknown = findingsOf(stdout).filter(({ status, id }) => status === "unknown" && id !== "image.init");
    expect(unknown.map(({ id }) => id)).toEqual(["edge.cooperators"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const kept = await fileSessionStore(file).load();
    expect(kept?.refreshToken).not.toBe(user.refreshToken);
  });

  it("shows, reports and records nothing of the user's", async () => {
    const { shell, folder, user, file } = await signedInByFile();
    const secretText = "the colour of the secret door";
    await shell.run("text", secretText);
    const { stdout, stderr } = await shell.run("doctor", ...ALL, "--record", "kept", "--report", "report.md");
    const json = await shell.run("doctor", ...ALL, "--json");
    const names = await readdir(join(folder, "kept"));
    const kept = await Promise.all(names.map((name) => readFile(join(folder, "kept", name), "utf8")));
    const report = await readFile(join(folder, "report.md"), "utf8");
    const refreshed = await fileSessionStore(file).load();
    const everything = [stdout, stderr, json.stdout, json.stderr, report, ...kept].join("\n");
    expect(names.length).toBeGreaterThan(60);
    const secrets = [
      user.token,
      user.refreshToken,
      user.apiKey,
      user.email,
      user.id,
      secretText,
      "flowith doctor: this file",
    ];
    for (const secret of [...secrets, refreshed?.accessToken ?? "-", refreshed?.refreshToken ?? "-"]) {
      expect(everything.includes(secret), `${secret.slice(0, 12)}…`).toBe(false);
    }
    expect(everything).not.toMatch(/eyJ[\w-]{10,}\./);
    expect(report).toContain("| ✓ | GET /models | 5 |");
  });

  it("leaves no conversation behind, also where a job is refused", async () => {
    const { shell, user } = await signedInByFile();
    await shell.run("doctor", ...ALL);
    service.emulator.faults.arm({ type: "status", route: "POST /completion/async", status: 500, user: user.email });
    const { exitCode } = await shell.run("doctor", ...ALL);
    expect(exitCode).toBe(6);
    const { edgeUrl, supabaseUrl, supabaseKey } = service.emulator;
    await using client = new Flowith({ edgeUrl, supabaseUrl, supabaseKey, token: user.token });
    expect(await client.conversations.list()).toEqual([]);
  });

  it("keeps what Postgres tells of the user's rows out of an error", async () => {
    const user = await service.user();
    const body = { code: "23505", message: "duplicate key", details: "Key (title)=(My diary) already exists." };
    const route = "GET /rest/v1/conversation";
    service.emulator.faults.arm({ type: "status", route, status: 409, body, user: user.email, count: 2 });
    const shell = await TestShell.onEmulator(service.emulator, user);
    const { stdout } = await shell.run("doctor", "--record", "kept");
    expect(stdout).toContain("duplicate key");
    const kept = await readFile(join(shell.shell.cwd, "kept", "tables.conversation-1.json"), "utf8");
    expect(stdout + kept).not.toContain("My diary");
  });

  it("tries the network and ends with 3 where nobody is signed in", async () => {
    const shell = await TestShell.onEmulator(service.emulator);
    const { exitCode, stdout } = await shell.run("doctor", "--json");
    expect(exitCode).toBe(3);
    const findings = findingsOf(stdout);
    expect(findings).toContainEqual(expect.objectContaining({ id: "machine.edge", status: "holds" }));
    expect(findings).toContainEqual(expect.objectContaining({ id: "sign-in.providers", status: "holds" }));
    expect(findings).toContainEqual(expect.objectContaining({ id: "session.found", status: "unknown" }));
    expect(findings.filter(({ status }) => status === "differs")).toEqual([]);
  });

  it("tells in one line what waits for the same", async () => {
    const shell = await TestShell.onEmulator(service.emulator);
    const { stdout } = await shell.run("doctor");
    expect(stdout).toContain("\nTables\n  ? all: not tried, since this does not hold: somebody is signed in\n\n");
    expect(stdout).toContain("? somebody is signed in: nobody is signed in\n");
  });

  it("names a host that nobody listens at, and tries the other one all the same", async () => {
    const shell = await service.shell({ env: { FLOWITH_EDGE_URL: await closedAddress() } });
    const { exitCode, stdout } = await shell.run("doctor", "--json");
    expect(exitCode).toBe(6);
    const differing = findingsOf(stdout).filter(({ status }) => status === "differs");
    expect(differing).toEqual([
      expect.objectContaining({ id: "machine.edge", came: expect.stringContaining("the connection is refused") }),
    ]);
    expect(findingsOf(stdout)).toContainEqual(expect.objectContaining({ id: "tables.conversation", status: "holds" }));
  });

  it("says that Node does not look at a proxy that is set, where the service is not reached", async () => {
    const env = { FLOWITH_EDGE_URL: await closedAddress(), HTTPS_PROXY: "http://127.0.0.1:1" };
    const shell = await service.shell({ env });
    const { stdout } = await shell.run("doctor", "--json");
    const proxy = findingsOf(stdout).find(({ id }) => id === "machine.proxy");
    expect(proxy).toMatchObject({ status: "differs", advice: expect.stringContaining("NODE_USE_ENV_PROXY=1") });
  });

  it("sends the token to no host but the service's own", async () => {
    const headers: (string | undefined)[] = [];
    const elsewhere = createServer((request, response) => {
      headers.push(request.headers.authorization, String(request.headers.apikey));
      response.writeHead(200, { "content-type": "text/plain", "content-length": "2" }).end("ok");
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const user = await service.user();
    const address = elsewhere.address() as AddressInfo;
    const body = [{ value: `http://127.0.0.1:${address.port}/a.txt` }];
    const fault = { type: "status", route: "GET /rest/v1/user_upload_records", user: user.email, count: 0 } as const;
    const { id } = service.emulator.faults.arm({ ...fault, status: 200, body });
    const shell = await TestShell.onEmulator(service.emulator, user);
    const { stdout } = await shell.run("doctor", "--json");
    service.emulator.faults.remove(id);
    await new Promise((resolve) => elsewhere.close(resolve));
    expect(findingsOf(stdout)).toContainEqual(expect.objectContaining({ id: "files.download", status: "holds" }));
    expect(headers).not.toEqual([]);
    expect(new Set(headers)).toEqual(new Set([undefined, "undefined"]));
  });

  it("fits into 40 columns", async () => {
    const { shell } = await signedInByFile(true, 40);
    service.emulator.faults.arm({ type: "status", route: "GET /templates", status: 404 });
    const { stdout } = await shell.run("doctor", "--no-color");
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
    expect(lines).toContain("  ✗ GET /templates");
    expect(stdout).toContain("came: GET /templates: 404:");
  });

  it("tells what is known when it is interrupted", async () => {
    const user = await service.user();
    // nothing beats, so that it still watches when Ctrl-C comes
    service.emulator.faults.arm({ type: "silence", route: "/user_stream/*", user: user.email, count: 2 });
    const shell = await TestShell.onEmulator(service.emulator, user);
    const isWatching = service.emulator.journal.waitFor({ route: "GET /user_stream/stream", user: user.email });
    const running = shell.run("doctor", "--json", "--wait", "600");
    await isWatching;
    shell.interrupt();
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(130);
    expect(v.parse(resultShape, JSON.parse(stdout)).isInterrupted).toBe(true);
    const heartbeat = findingsOf(stdout).find(({ id }) => id === "events.stream.heartbeat");
    expect(heartbeat).toMatchObject({ status: "unknown", why: expect.stringContaining("interrupted") });
  });

  it.each([
    [["--spend"], "--yes"],
    [["--origin", "app.example"], "https://app.example"],
    [["--origin", "https://app.example/page"], "https://app.example"],
    [["--wait", "soon"], "Seconds are a number"],
    [["--report", "notes.md"], "is no report of this program"],
    [["--record", "."], "is not empty"],
    [["--report", "."], "it is a folder"],
    [["--report", "notes.md/report.md"], "a part of the path is a file"],
    [["--record", "notes.md/kept"], "a part of the path is a file"],
  ])("ends with 2 for %j, before anything is asked", async (args, message) => {
    const { shell, folder, user } = await signedInByFile();
    await writeFile(join(folder, "notes.md"), "My notes.");
    const { exitCode, stderr } = await shell.run("doctor", ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(service.emulator.journal.list({ user: user.email })).toEqual([]);
    expect(await readFile(join(folder, "notes.md"), "utf8")).toBe("My notes.");
  });

  it.runIf(platform() === "linux")("says that the disk is full, and leaves the device alone", async () => {
    const { shell } = await signedInByFile();
    const { exitCode, stderr } = await shell.run("doctor", "--report", "/dev/full");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "flowith: Cannot write the report to /dev/full: the disk is full.\n",
    });
    expect((await stat("/dev/full")).isCharacterDevice()).toBe(true);
  });

  it("makes the folders of a report", async () => {
    const { shell, folder } = await signedInByFile();
    expect((await shell.run("doctor", "--report", "a/b/report.md")).exitCode).toBe(0);
    expect(await readFile(join(folder, "a", "b", "report.md"), "utf8")).toContain("# flowith doctor");
  });

  it("writes over a report of before", async () => {
    const { shell, folder } = await signedInByFile();
    await shell.run("doctor", "--report", "report.md");
    const { exitCode } = await shell.run("doctor", "--report", "report.md");
    expect(exitCode).toBe(0);
    expect(await readdir(folder)).not.toContainEqual(expect.stringContaining(".part"));
  });
});

async function closedAddress(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
