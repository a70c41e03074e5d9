import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

it("answers out of the examples' own READMEs, and names them", async () => {
  await using emulator = await startEmulator({ firstEventMs: 10, fragmentMs: 1 });
  const user = await emulator.createUser();
  const env = {
    ...process.env,
    FLOWITH_EDGE_URL: emulator.edgeUrl,
    FLOWITH_USER_ID: user.id,
    FLOWITH_API_KEY: user.apiKey,
  };
  const run = promisify(execFile);
  const { stdout } = await run("node", ["--disable-warning=ExperimentalWarning", main], { env });
  expect(stdout).toMatch(/^> How is a picture found again/);
  expect(stdout).toContain("found again by the next run, since jobs are kept");
  expect(stdout).toMatch(/\[1\] node-script\/README\.md: /);
  const denied = await run("node", [main], { env: { ...env, FLOWITH_API_KEY: "flo_wrong" } }).catch((error) => error);
  expect(denied).toMatchObject({ code: 1, stderr: expect.stringContaining("The API key was refused") });
});
