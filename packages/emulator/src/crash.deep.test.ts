import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmulator } from "./start-emulator.ts";
import { startProcess } from "./testing/emulator-process.ts";
import { TestClient } from "./testing/test-client.ts";

/** More than Postgres survives. */
const seed = `create function nested(depth int) returns jsonb language sql as
  $$ select (repeat('[', depth) || repeat(']', depth))::jsonb $$`;
const deadly = "/rpc/nested?depth=100000";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "flowith-crash-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Without its control file a database cannot be opened, but goes on as long as it is open. */
const makeUnopenable = (): Promise<void> => rm(join(dataDir, "database", "global", "pg_control"));

describe("a function that makes more than Postgres survives", () => {
  it("fails as in a Postgres that does not die of it, and disturbs nobody", async () => {
    const told: unknown[] = [];
    await using emulator = await createEmulator({ seed, onError: (error) => told.push(String(error)) });
    const [client, other] = [await TestClient.create(emulator), await TestClient.create(emulator)];
    await other.conversation();
    const call = client.rest(deadly);
    const meanwhile = other.node("1", { value: "meanwhile" });
    const response = await call;
    expect([response.status, await response.json()]).toMatchObject([500, { code: "54001" }]);
    expect(await other.data(await meanwhile)).toEqual({ value: "meanwhile" });
    expect(told).toEqual([expect.stringMatching(/^DatabaseCrashError: Postgres has crashed .* was started again\.$/)]);
  });
});

describe("a database that cannot be started again", () => {
  it("is answered with 503 in each service's own words, and can be closed", { timeout: 40_000 }, async () => {
    const told: unknown[] = [];
    await using emulator = await createEmulator({ dataDir, seed, onError: (error) => told.push(String(error)) });
    const client = await TestClient.create(emulator);
    await makeUnopenable();
    await client.rest(deadly);
    const rows = await client.rest("/conversation");
    expect([rows.status, await rows.json()]).toMatchObject([
      503,
      { code: "PGRST001", details: expect.stringContaining("does not start again") },
    ]);
    const credits = await client.get("/user/credits");
    expect([credits.status, await credits.json()]).toMatchObject([503, { code: "database_crashed" }]);
    const headers = { apikey: emulator.supabaseKey, authorization: `Bearer ${client.user.token}` };
    expect((await emulator.fetch("/auth/v1/user", { headers })).status).toBe(503);
    expect((await emulator.fetch("/__emulator/status")).status).toBe(503);
    expect(told).toEqual([expect.stringContaining("DatabaseLostError: Postgres has crashed")]);
  });

  it("ends the command line with 1 and the reason", { timeout: 40_000 }, async () => {
    const cli = fileURLToPath(new URL("./cli.ts", import.meta.url));
    const seedFile = join(dataDir, "..", `${basename(dataDir)}.sql`);
    await writeFile(seedFile, seed);
    await using emulator = await startProcess(cli, ["--port", "0", "--data-dir", dataDir, "--seed", seedFile]);
    await rm(seedFile);
    const { child, ready } = emulator;
    let stderr = "";
    child.stderr?.on("data", (piece) => {
      stderr += String(piece);
    });
    const closed = once(child, "close");
    await makeUnopenable();
    const headers = { apikey: ready.supabaseKey };
    // the connection may break before the answer is out
    await fetch(`${ready.supabaseUrl}/rest/v1${deadly}`, { headers }).catch(() => {});
    expect(await closed).toEqual([1, null]);
    expect(stderr).toMatch(/^flowith-emulator: Postgres has crashed \(.*\) and does not start again: /m);
  });
});
