import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { currentHolder, lockFolder } from "./folder-lock.ts";
import { thisProcess } from "./process-identity.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowith-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function leaveLock(generation: number, holder: object): void {
  const content = { since: "2026-01-01T00:00:00Z", url: null, isReleased: false, ...holder };
  writeFileSync(join(folder, `lock.${generation}`), JSON.stringify(content));
}

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ["--version"]).pid;

it("refuses a second holder, and says which process has the folder and where it serves", () => {
  const lock = lockFolder(folder, "./data");
  lock.announce("http://127.0.0.1:4000");
  const message = `./data is in use by process ${process.pid}, which serves http://127.0.0.1:4000.`;
  expect(() => lockFolder(folder, "./data")).toThrow(message);
  expect(currentHolder(folder)).toMatchObject({ pid: process.pid, url: "http://127.0.0.1:4000" });
});

it("is free again after its release", () => {
  const lock = lockFolder(folder);
  lock.announce("http://127.0.0.1:4000");
  lock.release();
  expect(currentHolder(folder)).toBeUndefined();
  expect(lockFolder(folder).previous?.url).toBe("http://127.0.0.1:4000");
});

it("is taken over from a process that is gone", () => {
  leaveLock(7, { pid: deadPid(), startTime: null });
  lockFolder(folder);
  expect(readdirSync(folder)).toEqual(["lock.8"]);
});

it.runIf(process.platform === "linux")("is taken over when another process has got the dead one's id", () => {
  leaveLock(1, { pid: process.pid, startTime: "of another start" });
  expect(lockFolder(folder).previous?.pid).toBe(process.pid);
});

it("takes a damaged lock for nobody's", () => {
  writeFileSync(join(folder, "lock.3"), "{");
  expect(lockFolder(folder).previous).toBeUndefined();
});

it("steps back from a number that was free only because it is past", () => {
  leaveLock(2, { ...thisProcess() });
  expect(() => lockFolder(folder)).toThrow("in use");
  expect(readdirSync(folder)).toEqual(["lock.2"]);
});

const taker = `
  import { lockFolder } from ${JSON.stringify(new URL("./folder-lock.ts", import.meta.url).href)};
  process.stdout.write("here\\n");
  process.stdin.once("data", () => {
    try { lockFolder(process.argv[1]); process.stdout.write("won\\n"); }
    catch (error) { process.stdout.write(error.name + "\\n"); }
  });
  process.stdin.on("end", () => process.exit());
`;

it("lets one of many takers win at a time, whatever they found", { timeout: 40_000 }, async () => {
  const startTaker = (): ChildProcess =>
    spawn(process.execPath, ["--input-type=module", "--disable-warning=ExperimentalWarning", "-e", taker, folder]);
  const children = Array.from({ length: 6 }, startTaker);
  const lines = children.map((child) =>
    child.stdout === null ? undefined : createInterface({ input: child.stdout })[Symbol.asyncIterator](),
  );
  const next = (): Promise<unknown[]> => Promise.all(lines.map(async (line) => (await line?.next())?.value));
  expect(await next()).toEqual(children.map(() => "here"));
  leaveLock(1, { pid: deadPid(), startTime: null });
  for (const child of children) child.stdin?.write("go\n");
  const said = await next();
  expect(said.filter((word) => word === "won")).toHaveLength(1);
  expect(said.filter((word) => word === "FolderInUseError")).toHaveLength(5);
  for (const child of children) child.stdin?.end();
  await Promise.all(children.map((child) => once(child, "exit")));
});
