// More and other runs of the model than CI makes: `pnpm --filter @flowith-webapi/conformance model -- --runs 10000`, or
// `--replay seed:path` as a failure prints it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  // pnpm hands its own `--` over as well.
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: { runs: { type: "string", default: "10000" }, replay: { type: "string", default: "random" } },
});
const root = fileURLToPath(new URL("../../../", import.meta.url));
const config = ["--config", "vitest.workspace.ts", "--project", "conformance"];
const { status } = spawnSync("vitest", ["run", ...config, "packages/conformance/model/model.deep.test.ts"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, MODEL_RUNS: values.runs, MODEL_REPLAY: values.replay },
});
process.exitCode = status ?? 1;
