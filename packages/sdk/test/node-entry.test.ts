import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
// A folder that has the package among its dependencies.
const cwd = fileURLToPath(new URL("../../conformance/", import.meta.url));

it.each([
  [
    "import",
    ["--input-type=module", "-e", 'import { Flowith } from "flowith-webapi"; console.log(typeof Flowith.fromEnv)'],
  ],
  [
    "require",
    [
      "--input-type=commonjs",
      "-e",
      'const { Flowith } = require("flowith-webapi"); console.log(typeof Flowith.fromEnv)',
    ],
  ],
])("is loaded by %s, without a word on the console", async (_form, script) => {
  const { stdout, stderr } = await run(process.execPath, script, { cwd });
  expect(stdout).toBe("function\n");
  expect(stderr).toBe("");
});

it.each(["node", "deno", "bun", "browser", "worker", "fetch"])(
  "loads the entry of %s by import and require",
  async (runtime) => {
    const name = `flowith-webapi/${runtime}`;
    const script = `const same = Object.keys(await import("${name}")).filter((key) => key !== "default").sort().join();
    const required = process.getBuiltinModule("module").createRequire(process.cwd() + "/x.js")("${name}");
    console.log(same === Object.keys(required).sort().join(), typeof required.Flowith);`;
    const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd });
    expect(stdout).toBe("true function\n");
    expect(stderr).toBe("");
  },
);

it("reads its options from the environment, and an empty variable counts as absent", async () => {
  const script = `import { Flowith } from "flowith-webapi";
    const error = await Flowith.fromEnv({ maxRetries: 0 }).generate("x").catch((reason) => reason);
    console.log(error.name, error.message.includes("No token"));`;
  const env = { ...process.env, FLOWITH_TOKEN: "", FLOWITH_EDGE_URL: "http://127.0.0.1:9" };
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd, env });
  expect(stdout).toBe("AuthenticationError true\n");
});

it("shows no token when it is printed", async () => {
  const script = `import { inspect } from "node:util"; import { Flowith } from "flowith-webapi";
    const flowith = new Flowith({ token: "secret-token", refreshToken: "secret-refresh" });
    console.log(inspect(flowith, { depth: 9, showHidden: true }) + JSON.stringify(flowith));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd });
  expect(stdout).toContain("Flowith");
  expect(stdout).not.toContain("secret");
});

it("prints a client and a session by their names, without what they hold", async () => {
  const script = `import { Flowith } from "flowith-webapi";
    const flowith = new Flowith({ token: "secret" });
    console.log(flowith.constructor.name, flowith.startConversation().constructor.name, String(JSON.stringify(flowith)).includes("secret"));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd });
  expect(stdout).toBe("Flowith ConversationSession false\n");
});
