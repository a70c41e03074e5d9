import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startProcess } from "./testing/emulator-process.ts";
import { cli, runCli } from "./testing/run-cli.ts";

it("export, reset and import carry its state, also into a folder that no process has", async () => {
  const folder = await mkdtemp(join(tmpdir(), "flowith-cli-"));
  try {
    await using emulator = await startProcess(cli, ["--port", "0", "--data-dir", join(folder, "data")]);
    const { edgeUrl } = emulator.ready;
    const file = join(folder, "state.jsonl");
    const count = async () => Object(await (await fetch(`${edgeUrl}/__emulator/status`)).json()).users;
    await fetch(`${edgeUrl}/__emulator/users`, { method: "POST" });
    expect((await runCli("export", file, "--url", edgeUrl)).code).toBe(0);
    expect((await readFile(file, "utf8")).split("\n")[0]).toContain("flowith-emulator");
    expect((await runCli("reset", "--no-users", "--url", edgeUrl)).code).toBe(0);
    expect(await count()).toBe(0);
    expect((await runCli("import", file, "--url", edgeUrl)).code).toBe(0);
    expect(await count()).toBe(3);
    const elsewhere = join(folder, "elsewhere");
    await runCli("exec", "--data-dir", elsewhere, "--", process.execPath, "--version");
    expect((await runCli("import", file, "--data-dir", elsewhere)).code).toBe(0);
    const command = `fetch(process.env.FLOWITH_EDGE_URL + "/__emulator/status").then((r) => r.text()).then(console.log)`;
    const { stdout } = await runCli("exec", "--data-dir", elsewhere, "--", process.execPath, "-e", command);
    expect(JSON.parse(stdout)).toMatchObject({ users: 3, dataDir: elsewhere });
  } finally {
    await rm(folder, { recursive: true });
  }
});
