/**
 * Records the published Python client anew: node record-python.ts <a Python that has flowith_webapi 1.0.1>
 * Needs a build; `pnpm format` afterwards makes the files what they were where nothing has changed.
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { recordingProxy } from "../journal/recording-proxy.ts";
import { downloadsOf, ids, PICTURE, scenePlaceholders, startScene } from "../journal/scene.ts";
import { withPlaceholders } from "../journal/sent-request.ts";

const run = promisify(execFile);
const python = process.argv[2] ?? "python3";
const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

const described = await run(python, [path("python/describe_client.py")]);
await writeFile(path("python-api.json"), described.stdout);

await using emulator = await startScene();
const [user] = emulator.users;
if (user === undefined) throw new Error("the emulator has no user");
const replace = scenePlaceholders(emulator);
await using proxy = await recordingProxy(emulator.url, replace, downloadsOf(emulator, replace));
const child = run(python, [path("python/record_requests.py")]);
child.child.stdin?.end(
  JSON.stringify({
    proxy: proxy.url,
    token: user.token,
    refresh_token: user.refreshToken,
    user_id: user.id,
    conv_id: ids.spare,
    seeded_conv_id: ids.seeded,
    doomed_conv_id: ids.doomed,
    project_id: ids.project,
    picture: PICTURE,
  }),
);
await child;
const calls = Object.entries(proxy.calls).map(([name, { requests, result }]) => [
  name,
  { requests, result: withPlaceholders(result, (text) => replace(text.replaceAll(proxy.url, emulator.url))) },
]);
await writeFile(path("python-requests.json"), `${JSON.stringify(Object.fromEntries(calls), null, 2)}\n`);
