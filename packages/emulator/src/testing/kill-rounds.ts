import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { type ReadyLine, startProcess } from "./emulator-process.ts";

export interface KillOptions {
  cli: string;
  rounds: number;
  inserts: number;
  /** How many inserts are under way at a time. */
  width: number;
  onRound?: (round: Round) => void;
}

export interface Round {
  acknowledged: number;
  lost: number;
  /** Rows that are there although the answer did not come through. */
  unanswered: number;
  /** How long the start took that followed the kill. */
  restartMs: number;
}

const rowsSchema: v.GenericSchema<unknown, { id: string }[]> = v.array(v.object({ id: v.string() }));

function rest({ supabaseUrl, supabaseKey, users }: ReadyLine, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = {
    apikey: supabaseKey,
    authorization: `Bearer ${users[0]?.token}`,
    "content-type": "application/json",
  };
  return fetch(`${supabaseUrl}/rest/v1${path}`, { ...init, headers });
}

async function idsOf(ready: ReadyLine, title: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let offset = 0; ; offset += 1000) {
    const path = `/conversation?select=id&title=eq.${title}&order=id&limit=1000&offset=${offset}`;
    const page = v.parse(rowsSchema, await (await rest(ready, path)).json());
    for (const { id } of page) ids.add(id);
    if (page.length < 1000) return ids;
  }
}

/** Inserts rows one by one, and kills the process when so many were acknowledged. */
async function insertAndKill(
  folder: string,
  title: string,
  { cli, inserts, width }: KillOptions,
): Promise<Set<string>> {
  await using emulator = await startProcess(cli, ["start", "--port", "0", "--data-dir", folder]);
  const { ready } = emulator;
  const user_id = ready.users[0]?.id;
  const acknowledged = new Set<string>();
  const killAfter = Math.floor(inserts * (0.2 + Math.random() * 0.6));
  let begun = 0;
  async function insertNext(): Promise<void> {
    while (begun < inserts) {
      begun += 1;
      const id = randomUUID();
      const body = JSON.stringify({ id, user_id, title });
      const response = await rest(ready, "/conversation", { method: "POST", body }).catch(() => undefined);
      // the connection broke: the process is gone
      if (response === undefined) return;
      if (response.status !== 201) throw new Error(`An insert was answered ${response.status}`);
      acknowledged.add(id);
      if (acknowledged.size === killAfter) emulator.child.kill("SIGKILL");
    }
  }
  await Promise.all(Array.from({ length: width }, insertNext));
  await emulator.end("SIGKILL");
  return acknowledged;
}

/** Kills an emulator in the middle of inserts, again and again on the same data folder, and counts what is left. */
export async function killRounds(options: KillOptions): Promise<Round[]> {
  const folder = await mkdtemp(join(tmpdir(), "flowith-kill-"));
  const earlier = new Map<string, Set<string>>();
  const rounds: Round[] = [];
  try {
    for (let number = 1; number <= options.rounds; number += 1) {
      const title = `round-${number}`;
      earlier.set(title, await insertAndKill(folder, title, options));
      const { cli } = options;
      await using emulator = await startProcess(cli, ["start", "--port", "0", "--data-dir", folder]);
      let lost = 0;
      let unanswered = 0;
      // rows of all rounds: a later recovery must not undo an earlier one
      for (const [name, acknowledged] of earlier) {
        const found = await idsOf(emulator.ready, name);
        lost += [...acknowledged].filter((id) => !found.has(id)).length;
        if (name === title) unanswered = [...found].filter((id) => !acknowledged.has(id)).length;
      }
      const acknowledged = earlier.get(title)?.size ?? 0;
      const round = { acknowledged, lost, unanswered, restartMs: emulator.startMs };
      rounds.push(round);
      options.onRound?.(round);
      await emulator.end(number % 2 === 0 ? "SIGKILL" : "SIGTERM");
    }
    return rounds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
