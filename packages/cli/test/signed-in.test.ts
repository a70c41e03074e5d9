import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
// A folder that has the SDK among its dependencies.
const cwd = fileURLToPath(new URL("../", import.meta.url));
const CALLS = 6;

let emulator: Emulator;
let home: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "flowith-"));
  // Under a minute before its end a token is renewed by each call.
  emulator = await startEmulator({ tokenLifetimeSeconds: 30 });
  const { PATH, SystemRoot } = process.env;
  // a blank and a quote, as a person's folder may have
  env = { PATH, SystemRoot, FLOWITH_HOME: join(home, "it's here") };
});

afterAll(async () => {
  await emulator.close();
  await rm(home, { recursive: true });
});

/** Signs in with the addresses of the emulator, which the profile remembers. */
async function signIn(profile: string): Promise<EmulatorUser> {
  const user = await emulator.createUser();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const flags = ["--edge-url", edgeUrl, "--supabase-url", supabaseUrl, "--supabase-key", supabaseKey];
  const child = run(process.execPath, [main, "login", "--token-stdin", "--profile", profile, ...flags], { env, cwd });
  child.child.stdin?.end(JSON.stringify({ accessToken: user.token, refreshToken: user.refreshToken }));
  await child;
  return user;
}

const script = `
  import { Flowith } from "flowith-webapi";
  const flowith = Flowith.fromEnv();
  for (let i = 0; i < Number(process.argv[1]); i += 1) console.log((await flowith.auth.user()).id);
  flowith.close();`;

it('eval "$(flowith env)" gives a script on the SDK the session of a profile', async () => {
  const user = await signIn("script");
  const flowith = `"${process.execPath}" "${main}"`;
  const lines = `set -eu; eval "$(${flowith} env --profile script)"; "${process.execPath}" --input-type=module -e '${script.replaceAll("'", `'\\''`)}' 1`;
  expect((await run("bash", ["-c", lines], { env, cwd })).stdout).toBe(`${user.id}\n`);
});

it("programs that share a session file stay signed in while its tokens rotate", async () => {
  const user = await signIn("shared");
  const { stdout } = await run(process.execPath, [main, "env", "--profile", "shared", "--json"], { env, cwd });
  const shared = { ...env, ...JSON.parse(stdout) };
  const scripts = ["1", "2"].map(() =>
    run(process.execPath, ["--input-type=module", "-e", script, String(CALLS)], { env: shared, cwd }),
  );
  const terminal = async (): Promise<string[]> => {
    const seen: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const whoami = await run(process.execPath, [main, "whoami", "--profile", "shared", "--json"], { env, cwd });
      seen.push(JSON.parse(whoami.stdout).userId);
    }
    return seen;
  };
  const [one, two, seen] = await Promise.all([scripts[0], scripts[1], terminal()]);
  const expected = `${user.id}\n`.repeat(CALLS);
  expect([one?.stdout, two?.stdout, seen]).toEqual([expected, expected, Array(3).fill(user.id)]);
  const grants = emulator.journal.list({ route: "POST /auth/v1/token" });
  expect(grants.filter(({ status }) => status === 200).length).toBeGreaterThan(CALLS);
});

it("ends on Ctrl-C while it waits for the browser, at once and with 130", async () => {
  const { supabaseUrl } = emulator;
  const child = spawn(process.execPath, [main, "login", "--browser", "--no-open", "--supabase-url", supabaseUrl], {
    env,
    cwd,
  });
  let told = "";
  for await (const text of child.stderr.setEncoding("utf8")) {
    told += text;
    if (told.includes("redirect_to=")) break;
  }
  child.kill("SIGINT");
  expect((await once(child, "exit"))[0]).toBe(130);
});
