import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fileJobStore } from "./file-job-store.ts";
import { fileSessionStore } from "./file-session-store.ts";
import { draftName } from "./old-drafts.ts";

const session = { accessToken: "e.e.e", refreshToken: "secret", expiresAtMs: 1, userId: "alice" };
const LONG_AGO = new Date(Date.now() - 7 * 24 * 3_600_000);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** A process that is over. */
async function formerPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

async function draft(name: string, pid: number | undefined, writtenAt: Date = new Date()): Promise<string> {
  const draftOfOurs = draftName(name);
  const file = draftOfOurs.replace(`.${process.pid}.`, pid === undefined ? "." : `.${pid}.`);
  await writeFile(join(folder, file), "secret");
  await utimes(join(folder, file), writtenAt, writtenAt);
  return file;
}

it.each(["save", "clear"] as const)("what a killed writer has left goes with the next %s", async (verb) => {
  const store = fileSessionStore(join(folder, "s.json"));
  await draft("s.json", await formerPid());
  await draft("s.json", undefined, LONG_AGO);
  await draft("s.json", process.pid, LONG_AGO);
  await draft("s.json", process.ppid, LONG_AGO);
  if (verb === "save") await store.save(session);
  else await store.clear();
  expect(await readdir(folder)).toEqual(verb === "save" ? ["s.json"] : []);
});

it("what a live writer is at stays, and what is not ours", async () => {
  const kept = [
    await draft("s.json", process.pid),
    await draft("s.json", process.ppid),
    await draft("s.json", undefined),
    await draft("other.json", await formerPid()),
    ".s.json.tmp",
    "s.json.tmp",
  ];
  await writeFile(join(folder, ".s.json.tmp"), "");
  await writeFile(join(folder, "s.json.tmp"), "");
  await fileSessionStore(join(folder, "s.json")).save(session);
  expect((await readdir(folder)).sort()).toEqual([...kept, "s.json"].sort());
});

it("a job store removes those of every job, and of nothing else", async () => {
  const gone = await formerPid();
  await draft("4711-a.json", gone);
  const kept = await draft("not ours.txt", gone);
  const handle = {
    v: 1,
    kind: "text",
    nodeId: "n",
    userNodeId: "u",
    convId: "c",
    userId: "a",
    model: "m",
    createdAtMs: 1,
  };
  await fileJobStore(folder).put({ ...handle, v: 1, kind: "text" });
  expect((await readdir(folder)).sort()).toEqual([kept, "u.json"].sort());
});

it("a writer whose draft is taken for an old one writes it anew", async () => {
  const store = fileSessionStore(join(folder, "s.json"));
  const work = Array.from({ length: 30 }, () => store.save(session));
  let isOver = false;
  const all = Promise.all(work).finally(() => {
    isOver = true;
  });
  let taken = 0;
  while (!isOver && taken < 5) {
    for (const name of await readdir(folder)) {
      if (!name.endsWith(".tmp") || taken >= 5) continue;
      taken++;
      await rm(join(folder, name), { force: true });
    }
  }
  await all;
  expect(await store.load()).toMatchObject({ userId: "alice" });
  expect(await readdir(folder)).toEqual(["s.json"]);
});
