// The CommonJS build where require() takes no ES modules, as in Jest and in older loaders.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const program = `
  const { startEmulator } = require("@flowith-webapi/emulator");
  (async () => {
    const emulator = await startEmulator();
    const headers = { authorization: emulator.users[0].token };
    const credits = await fetch(emulator.edgeUrl + "/user/credits", { headers });
    console.log(credits.status);
    await emulator.close();
  })();
`;

it("is required without require(esm), and starts", async () => {
  const flags = ["--no-experimental-require-module", "--eval", program];
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd });
  expect(stdout.trim()).toBe("200");
});
