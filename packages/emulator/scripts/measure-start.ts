// How long `start` takes in a fresh process, from the spawn to the line that says it is ready. Needs a build.
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startProcess } from "../src/testing/emulator-process.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const rounds = process.argv[2] === undefined ? 7 : Number(process.argv[2]);

/** The same code without the images, in a place where its dependencies are found and a folder above is not our dist. */
async function withoutImages(): Promise<string> {
  const folder = path("../node_modules/.measure-start/copy/");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(path("../dist"), folder, { recursive: true, filter: (file) => !/\bdatabase-/.test(file) });
  return join(folder, "cli.js");
}

async function median(cli: string, flags: () => Promise<string[]> | string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await using emulator = await startProcess(cli, ["start", "--port", "0", ...(await flags())]);
    times.push(emulator.startMs);
  }
  return Math.round(times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0);
}

const built = path("../dist/cli.js");
const bare = await withoutImages();
const scratch = await mkdtemp(join(tmpdir(), "flowith-start-"));
let folders = 0;
const fresh = (): string[] => {
  folders += 1;
  return ["--data-dir", join(scratch, String(folders))];
};
const kept = ["--data-dir", join(scratch, "kept")];
const schema = ["--schema", path("../recordings/rest-schema.sql"), "--seed", path("../recordings/rest-seed.sql")];
console.log(`medians of ${rounds}, in ms, from spawn to ready`);
console.log(
  `in memory                 ${await median(built, () => [])}, without image ${await median(bare, () => [])}`,
);
console.log(`a new data folder         ${await median(built, fresh)}, without image ${await median(bare, fresh)}`);
console.log(`an existing data folder   ${await median(built, () => kept)}`);
console.log(
  `a schema of one's own     ${await median(built, () => schema)}, without image ${await median(bare, () => schema)}`,
);
await rm(scratch, { recursive: true });
await rm(path("../node_modules/.measure-start/"), { recursive: true });
