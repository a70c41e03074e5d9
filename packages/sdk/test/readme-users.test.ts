import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";

const run = promisify(execFile);
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
// A folder that has the package among its dependencies.
const conformance = fileURLToPath(new URL("../../conformance/", import.meta.url));

/** Three users of the bot: by redirect, by paste, and one whose session is over. */
const main = `
import { fileKeyValueStore, keyValueSessionStore } from "flowith-webapi";
import { consent } from "../src/oauth-consent.ts";
import { back, loginUrl, paste, pool } from "./bot.ts";

const { redirectTo, alice, bob, carol } = JSON.parse(process.argv[2] ?? "{}");
const ask = async (userId: string) => {
  const flowith = await pool.get(userId);
  const { text } = await flowith.generate("What is the capital of Poland?");
  console.log(userId, (await flowith.auth.user()).email, text.includes("Warsaw"));
};

const landing = new URL(await consent(await loginUrl("alice", redirectTo), { code: alice.email }));
await back("alice", landing.searchParams.get("code") ?? "");
await ask("alice");

const kept = JSON.stringify({ access_token: bob.token, refresh_token: bob.refreshToken });
await paste("bob", kept.replaceAll('"', "“"));
await paste("bob", kept);
await ask("bob");

await keyValueSessionStore(fileKeyValueStore("./.flowith/sessions"), "carol").save(carol);
await ask("carol").catch((error) => console.log(error.name));
console.log(await (await pool.get("carol")).auth.session());
pool.close();
`;

it("shows a bot whose users sign in by redirect and by paste, and hear of it when that is over", async () => {
  await using emulator = await startEmulator();
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const [alice, bob, carol] = await Promise.all([
    emulator.createUser(),
    emulator.createUser(),
    emulator.createUser({ expiresInSeconds: -60 }),
  ]);
  const cwd = await mkdtemp(join(conformance, ".run-"));
  try {
    const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
    const example = examples.find((code) => code.includes("new ClientPool")) ?? "";
    // It names no hosts.
    const hosts = JSON.stringify({ edgeUrl, supabaseUrl, supabaseKey });
    await writeFile(join(cwd, "bot.ts"), example.replace("new Flowith({", `new Flowith({ ...${hosts},`));
    await writeFile(join(cwd, "main.ts"), main);
    const over = { accessToken: carol.token, refreshToken: "aaaaaaaaaaaa", expiresAtMs: 0, userId: carol.id };
    const task = { redirectTo: `${edgeUrl}/__emulator/status`, alice, bob, carol: over };
    const { stdout } = await run(process.execPath, ["main.ts", JSON.stringify(task)], { cwd });
    expect(stdout.split("\n")).toEqual([
      `alice ${alice.email} true`,
      expect.stringMatching(/^bob: auth\.setSession: the text is no session.*typographic quotes/),
      "bob: Signed in. Delete your message: who reads it can act as you.",
      `bob ${bob.email} true`,
      "carol: Your sign-in at Flowith is over. Send /login for a new one.",
      "AuthenticationError",
      "null",
      "",
    ]);
  } finally {
    await rm(cwd, { recursive: true });
  }
});
