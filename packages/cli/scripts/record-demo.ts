/**
 * Makes packages/cli/demo.svg from a real run of the built program on the emulator.
 * `pnpm --filter @flowith-webapi/cli record-demo`; needs a build, and util-linux's `script`.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@flowith-webapi/emulator";
import { Recording } from "./demo/recording.ts";
import { toSvg } from "./demo/to-svg.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "flowith-demo-"));
const bin = join(folder, "bin");
await mkdir(bin);
await symlink(join(root, "dist/main.js"), join(bin, "flowith"));

await using emulator = await startEmulator();
const user = await emulator.createUser({ email: "you@example.com" });
emulator.model.add({
  match: "haiku",
  reasoning: "Five, seven, five. A river carries data, drop by drop.",
  reply: "**Streams**\n\nA river of words,\narriving before the rain:\nnothing lost, nor twice.",
  delayMs: 60,
});

const recording = new Recording(folder, {
  PATH: [bin, dirname(process.execPath), process.env.PATH].join(":"),
  HOME: folder,
  FLOWITH_HOME: join(folder, ".flowith"),
  FLOWITH_EDGE_URL: emulator.edgeUrl,
  FLOWITH_SUPABASE_URL: emulator.supabaseUrl,
  FLOWITH_SUPABASE_KEY: emulator.supabaseKey,
  FLOWITH_TOKEN: user.token,
  FLOWITH_REFRESH_TOKEN: user.refreshToken,
});
try {
  await recording.until("$", 100);
  await recording.type('flowith text "What is the capital of Poland?"');
  await recording.until(/Warsaw.*\n\$/);
  await recording.type('flowith image "A ripe banana on marble" --output banana.png');
  await recording.until(/banana\.png\n\$/);
  await recording.type("flowith chat --model gemini-3.1-pro-preview");
  await recording.until("›", 900);
  await recording.type("Write a haiku about streams.");
  await recording.until("nothing lost, nor twice.", 1_500);
  await recording.type("/credits");
  await recording.until(/credits left/, 1_200);
  await recording.type("/quit");
  await recording.until(/\n\$\s*$/, 1_200);
} finally {
  await recording[Symbol.asyncDispose]();
}
await rm(folder, { recursive: true });
await writeFile(join(root, "demo.svg"), toSvg(recording.frames, "flowith in a terminal"));
console.log(`demo.svg: ${recording.frames.length} screens`);
