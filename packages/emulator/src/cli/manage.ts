import { createWriteStream, openAsBlob } from "node:fs";
import { access, rename, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import * as v from "valibot";
import type { EmulatorStatus } from "../controls/control-context.ts";
import { messageOf } from "../message-of.ts";
import { log } from "./log.ts";
import { expectOk, findTarget, NotRunningError, servedBy, type TargetFlags } from "./target.ts";

/** As `systemctl status` says that a unit does not run. */
const notRunningCode = 3;

interface Addresses {
  edgeUrl: string;
  supabaseUrl: string;
  supabaseKey: string;
}

const addressesSchema: v.GenericSchema<unknown, Addresses> = v.object({
  edgeUrl: v.string(),
  supabaseUrl: v.string(),
  supabaseKey: v.string(),
});

const statusSchema: v.GenericSchema<unknown, EmulatorStatus> = v.object({
  pid: v.number(),
  serves: v.picklist(["flowith", "custom"]),
  dataDir: v.nullable(v.string()),
  users: v.number(),
  runningJobs: v.number(),
  openStreams: v.number(),
  requests: v.number(),
  faults: v.number(),
  nowMs: v.number(),
});

type Status = { running: false; reason: string } | ({ running: true } & Addresses & EmulatorStatus);

async function readStatus(flags: TargetFlags): Promise<Status> {
  if (flags.url === undefined && flags.dataDir !== undefined && servedBy(flags.dataDir) === undefined) {
    return { running: false, reason: `No process serves ${flags.dataDir}.` };
  }
  try {
    await using target = await findTarget(flags);
    const addresses = await (await expectOk(await target.control("GET", ""))).json();
    const status = await (await expectOk(await target.control("GET", "/status"))).json();
    return { running: true, ...v.parse(addressesSchema, addresses), ...v.parse(statusSchema, status) };
  } catch (error) {
    if (error instanceof NotRunningError) return { running: false, reason: error.message };
    throw error;
  }
}

function describe(status: Status): string {
  if (!status.running) return status.reason;
  const { edgeUrl, pid, serves, dataDir, users, runningJobs, openStreams, requests, faults } = status;
  const what = serves === "flowith" ? "Flowith" : "a schema of yours";
  const where = dataDir === null ? "in memory" : `in ${dataDir}`;
  return [
    `${edgeUrl} (process ${pid}) serves ${what}, ${where}`,
    `users ${users}, jobs running ${runningJobs}, open streams ${openStreams}, requests ${requests}, faults ${faults}`,
  ].join("\n");
}

export async function showStatus(flags: TargetFlags & { json?: boolean }): Promise<void> {
  const status = await readStatus(flags);
  process.stdout.write(`${flags.json === true ? JSON.stringify(status) : describe(status)}\n`);
  if (!status.running) process.exitCode = notRunningCode;
}

export async function reset(flags: TargetFlags & { users: boolean }): Promise<void> {
  await using target = await findTarget(flags);
  await expectOk(await target.control("POST", "/reset", JSON.stringify(flags.users ? {} : { users: [] })));
  log("everything is as at the first start");
}

export async function exportTo(file: string, flags: TargetFlags): Promise<void> {
  await using target = await findTarget(flags);
  const { body } = await expectOk(await target.control("GET", "/export"));
  if (body === null) throw new Error("The emulator sent nothing.");
  // an export that is there already is worth more than half of a new one; a device or a pipe is written to as it is
  const isSpecial = await stat(file).then(
    (found) => !found.isFile(),
    () => false,
  );
  const draft = isSpecial ? file : `${file}.${process.pid}.draft`;
  try {
    await pipeline(body, createWriteStream(draft));
    if (draft !== file) await rename(draft, file);
  } catch (error) {
    if (draft !== file) await rm(draft, { force: true });
    throw new Error(`Cannot write ${file}: ${messageOf(error)}.`, { cause: error });
  }
  log(isSpecial ? `wrote ${file}` : `wrote ${file} (${(await stat(file)).size} bytes)`);
}

export async function importFrom(file: string, flags: TargetFlags): Promise<void> {
  // opening it says nothing of why it cannot be opened
  const content = await access(file)
    .then(() => openAsBlob(file))
    .catch((error: unknown) => {
      throw new Error(`Cannot read ${file}: ${messageOf(error)}.`, { cause: error });
    });
  await using target = await findTarget(flags, { makesFolder: true });
  await expectOk(await target.control("POST", "/import", content));
  log(`${file} is in the place of all that was there`);
}
