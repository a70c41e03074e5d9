import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { openedAddress } from "../testing/browser.ts";
import { CliEmulator } from "../testing/emulator.ts";
import { type RunResult, TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

const ORIGIN = "https://flowith.io";

interface Handshake {
  shell: TestShell;
  running: Promise<RunResult>;
  port: string;
  nonce: string;
}

async function begin(...flags: string[]): Promise<Handshake> {
  const shell = await TestShell.onEmulator(service.emulator);
  const webApp = flags.includes("--web-app-url") ? [] : ["--web-app-url", ORIGIN];
  const running = shell.run("login", "--web-app", ...webApp, ...flags);
  const { searchParams } = await openedAddress(shell);
  return {
    shell,
    running,
    port: searchParams.get("cli_port") ?? "",
    nonce: searchParams.get("cli_nonce") ?? "",
  };
}

/** A page's connection; rejects where it is refused. */
async function connect(port: string, origin = ORIGIN, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { origin, headers });
  await once(socket, "open");
  return socket;
}

async function say(socket: WebSocket, message: unknown): Promise<unknown> {
  const answer = once(socket, "message");
  socket.send(typeof message === "string" ? message : JSON.stringify(message));
  return JSON.parse(String((await answer)[0]));
}

const session = (nonce: string, accessToken: string): unknown => ({
  type: "session",
  data: { nonce, sessionId: "s", accessToken, workerURL: "https://evil.example", expiresAt: 0 },
});

describe("login --web-app", () => {
  it("takes the token that the web app's page sends, answers it, and says that the token ends", async () => {
    const user = await service.user();
    const { shell, running, port, nonce } = await begin();
    const address = await openedAddress(shell);
    expect(address.origin).toBe(ORIGIN);
    expect(address.searchParams.get("cli_bot")).toBe("flowith-webapi");
    const socket = await connect(port);
    expect(await say(socket, session(nonce, user.token))).toEqual({ ok: true });
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(0);
    expect(stdout).toContain("nothing renews it");
    expect(await shell.json("whoami")).toMatchObject({ userId: user.id });
  });

  it("refuses other origins and hosts, wrong nonces, and what is no message, and waits on", async () => {
    const user = await service.user();
    const { running, port, nonce } = await begin();
    await expect(connect(port, "https://evil.example")).rejects.toThrow("403");
    await expect(connect(port, "https://flowith.io.evil.example")).rejects.toThrow("403");
    await expect(connect(port, ORIGIN, { host: `evil.example:${port}` })).rejects.toThrow("403");
    const wrong = await connect(port);
    expect(await say(wrong, session("00000000-0000-4000-8000-000000000000", user.token))).toEqual({ ok: false });
    expect(await say(await connect(port), "no JSON")).toEqual({ ok: false });
    const large = await connect(port);
    const closed = once(large, "close");
    large.send(JSON.stringify(session(nonce, "x".repeat(100_000))));
    expect((await closed)[0]).toBe(1009);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(426);
    expect(await say(await connect(port, "https://www.flowith.io"), session(nonce, user.token))).toEqual({ ok: true });
    expect((await running).exitCode).toBe(0);
  });

  it("says that nobody is signed in to the web app, and waits on", async () => {
    const user = await service.user();
    const { shell, running, port, nonce } = await begin();
    expect(await say(await connect(port), { type: "not_logged_in" })).toEqual({ ok: true });
    await vi.waitUntil(() => shell.stderr.includes("Nobody is signed in to the web app"));
    expect(await say(await connect(port), session(nonce, user.token))).toEqual({ ok: true });
    expect((await running).exitCode).toBe(0);
  });

  it("tells the page and the person that a token is refused, and ends with 3", async () => {
    const { token } = await service.user();
    const { running, port, nonce } = await begin();
    const socket = await connect(port);
    expect(await say(socket, session(nonce, `${token.slice(0, -8)}AAAAAAAA`))).toEqual({ ok: false });
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(3);
    expect(stderr).toContain("The token that the web app has handed over");
  });

  it("takes another web app's page, and no other then", async () => {
    const user = await service.user();
    const { shell, running, port, nonce } = await begin("--web-app-url", "http://localhost:3000/app?x=1");
    expect((await openedAddress(shell)).href).toMatch(/^http:\/\/localhost:3000\/app\?x=1&cli_port=/);
    await expect(connect(port)).rejects.toThrow("403");
    expect(await say(await connect(port, "http://localhost:3000"), session(nonce, user.token))).toEqual({ ok: true });
    expect((await running).exitCode).toBe(0);
  });

  it("ends on Ctrl-C with pages still connected", async () => {
    const { shell, running, port } = await begin();
    const socket = await connect(port);
    const closed = once(socket, "close");
    shell.interrupt();
    expect((await running).exitCode).toBe(130);
    await closed;
  });
});
