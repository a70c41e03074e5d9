import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comingBack, openedAddress } from "../testing/browser.ts";
import { CliEmulator } from "../testing/emulator.ts";
import { TestShell } from "../testing/run-cli.ts";

let service: CliEmulator;
beforeAll(async () => {
  service = await CliEmulator.start();
});
afterAll(() => service[Symbol.asyncDispose]());

const signedOut = (): Promise<TestShell> => TestShell.onEmulator(service.emulator);

/** A request with headers and a method of one's own; `fetch` sets `Host` by itself. */
function ask(url: URL, options: { method?: string; host?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: options.method ?? "GET", headers: { host: options.host ?? url.host } });
    asked.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("login --browser", () => {
  it("signs in by the redirects of the service, and keeps the session", async () => {
    const user = await service.user();
    const shell = await signedOut();
    const running = shell.run("login", "--browser", "--provider", "github", "--json");
    const address = await openedAddress(shell);
    expect(shell.stderr).toContain(address.href);
    const back = await comingBack(address, { code: user.email });
    expect(back.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await fetch(back);
    expect(page.status).toBe(200);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(await page.text()).toContain("You are signed in");
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      userId: user.id,
      email: user.email,
      profile: "default",
      renewsItself: true,
    });
    expect(await shell.json("whoami")).toMatchObject({ userId: user.id, source: "profile" });
    await expect(fetch(back)).rejects.toThrow();
  });

  it("waits on for what is not the way back: other paths, hosts and methods, and an address without a code", async () => {
    const user = await service.user();
    const shell = await signedOut();
    const running = shell.run("login", "--browser");
    const back = await comingBack(await openedAddress(shell), { code: user.email });
    expect(await ask(new URL("/favicon.ico", back), {})).toBe(404);
    expect(await ask(new URL("/callback?code=x", back), {})).toBe(404);
    expect(await ask(back, { host: `evil.example:${back.port}` })).toBe(421);
    expect(await ask(back, { host: `localhost:${back.port}` })).toBe(421);
    expect(await ask(back, { method: "HEAD" })).toBe(200);
    expect(await ask(back, { method: "POST" })).toBe(405);
    expect(await ask(new URL(back.pathname, back), {})).toBe(400);
    expect(await ask(back, {})).toBe(200);
    expect((await running).exitCode).toBe(0);
  });

  it("takes the first of two returns", async () => {
    const user = await service.user();
    const shell = await signedOut();
    const running = shell.run("login", "--browser");
    const back = await comingBack(await openedAddress(shell), { code: user.email });
    // The first one holds the sign-in until the service has answered it.
    service.emulator.faults.arm({ type: "delay", ms: 300, route: "POST /auth/v1/token" });
    const [first, second] = await Promise.all([ask(back, {}), ask(back, {})]);
    expect([first, second].sort()).toEqual([200, 409]);
    expect((await running).exitCode).toBe(0);
  });

  it("says why where the person refuses, and ends with 3", async () => {
    const shell = await signedOut();
    const running = shell.run("login", "--browser");
    const consent = { error: "access_denied", error_description: "The user has denied access" };
    const page = await fetch(await comingBack(await openedAddress(shell), consent));
    expect(page.status).toBe(400);
    expect(await page.text()).not.toContain("denied");
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(3);
    expect(stderr).toContain("The user has denied access");
  });

  it("leaves the former session as it was where the code is refused", async () => {
    const [former, user] = [await service.user(), await service.user()];
    const shell = await signedOut();
    shell.stdin.end();
    await signInByToken(shell, former.token);
    const running = shell.run("login", "--browser");
    await openedAddress(shell);
    const back = await comingBack(await openedAddress(shell), { code: user.email });
    back.searchParams.set("code", "00000000-0000-4000-8000-000000000000");
    expect(await ask(back, {})).toBe(400);
    expect((await running).exitCode).toBe(3);
    expect(await shell.json("whoami")).toMatchObject({ userId: former.id });
  });

  it("ends when nobody comes, and on Ctrl-C, with nothing left running", async () => {
    const late = await signedOut();
    const { exitCode, stderr } = await late.run("login", "--browser", "--timeout", "0.2", "--no-open");
    expect(exitCode).toBe(5);
    expect(stderr).toContain("Nobody has signed in within 0.2 s.");
    expect(late.opened).toEqual([]);
    const shell = await signedOut();
    const running = shell.run("login", "--browser");
    const address = await openedAddress(shell);
    const port = new URL(address.searchParams.get("redirect_to") ?? "").port;
    shell.interrupt();
    expect((await running).exitCode).toBe(130);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it("says which port is taken", async () => {
    const { port } = new URL(service.emulator.edgeUrl);
    const { exitCode, stderr } = await (await signedOut()).run("login", "--browser", "--port", port);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Port ${port} cannot be used`);
  });
});

/** Signs a shell in by a pipe of its own. */
async function signInByToken(shell: TestShell, token: string): Promise<void> {
  const piped = new TestShell({ env: shell.shell.env, cwd: shell.shell.cwd, input: token });
  await piped.json("login", "--token-stdin");
}
