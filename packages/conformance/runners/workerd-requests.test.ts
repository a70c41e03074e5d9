import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, it } from "vitest";

let emulator: Emulator;
let script: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("./workerd-requests-main.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "import"],
  });
  script = bundle.outputFiles[0]?.text ?? "";
});

afterAll(() => emulator.close());

/** A Worker whose client's token has expired, and a request to it. */
async function startWorker() {
  const user = await emulator.createUser({ expiresInSeconds: -60 });
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const options = { token: user.token, refreshToken: user.refreshToken, edgeUrl, supabaseUrl, supabaseKey };
  const query = new URLSearchParams({ options: JSON.stringify(options) });
  const worker = new Miniflare({ modules: true, script, compatibilityDate: "2026-07-01", cf: false });
  const url = await worker.ready;
  const request = async (): Promise<string> => (await fetch(new URL(`/?${query}`, url))).text();
  return { user, request, [Symbol.asyncDispose]: () => worker.dispose() };
}

function grants(userId: string): (number | null)[] {
  return emulator.journal.list({ user: userId, route: "POST /auth/v1/token" }).map((entry) => entry.status);
}

it("refreshes once for requests that come at the same moment", async () => {
  await using worker = await startWorker();
  const answers = await Promise.all(Array.from({ length: 8 }, () => worker.request()));
  expect(new Set(answers)).toEqual(new Set([worker.user.id]));
  expect(grants(worker.user.id)).toEqual([200]);
});
