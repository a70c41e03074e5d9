import { existsSync } from "node:fs";
import type { Command } from "commander";
import * as v from "valibot";
import { currentHolder } from "../data-folder/folder-lock.ts";
import { messageOf } from "../message-of.ts";
import { keepStdoutClean } from "./log.ts";
import { nonEmpty } from "./start-options.ts";

/** Which emulator a command is about. */
export interface TargetFlags {
  url?: string;
  dataDir?: string;
  controlKey?: string;
}

export interface Target extends AsyncDisposable {
  /** Where it serves; undefined when its data folder was only opened for this. */
  url: string | undefined;
  control(method: string, path: string, body?: BodyInit): Promise<Response>;
}

export class NotRunningError extends Error {
  override name = "NotRunningError";
}

const defaultUrl = "http://127.0.0.1:4000";

export function addTargetOptions(command: Command): Command {
  return command
    .option("--url <url>", `of the emulator; default: FLOWITH_EDGE_URL, or ${defaultUrl}`)
    .option("--data-dir <folder>", "of the emulator; it need not run", nonEmpty)
    .option("--control-key <key>", "what it was started with");
}

function running(url: string, { controlKey }: TargetFlags): Target {
  return {
    url,
    async control(method, path, body) {
      const headers = controlKey === undefined ? {} : { "x-emulator-key": controlKey };
      // `duplex` is asked for where a body is a stream, and not known to all typings
      const init = { method, headers, body: body ?? null, duplex: "half" } as const;
      try {
        return await fetch(`${url}/__emulator${path}`, init);
      } catch (error) {
        throw new NotRunningError(`No emulator answers at ${url}.`, { cause: error });
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function opened(dataDir: string): Promise<Target> {
  keepStdoutClean();
  const { createEmulator } = await import("../start-emulator.ts");
  const emulator = await createEmulator({ dataDir });
  return {
    url: undefined,
    control: (method, path, body) => emulator.fetch(`/__emulator${path}`, { method, body: body ?? null }),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

/** The emulator that serves a data folder, if one does. */
export function servedBy(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) throw new Error(`There is no folder ${dataDir}.`);
  try {
    return currentHolder(dataDir)?.url ?? undefined;
  } catch (error) {
    throw new Error(`Cannot read ${dataDir}: ${messageOf(error)}.`, { cause: error });
  }
}

/** The running emulator; for a data folder that no process has, one in this process. */
export async function findTarget(
  flags: TargetFlags,
  { makesFolder = false }: { makesFolder?: boolean } = {},
): Promise<Target> {
  if (flags.url !== undefined || flags.dataDir === undefined) {
    return running(flags.url ?? process.env.FLOWITH_EDGE_URL ?? defaultUrl, flags);
  }
  const url = makesFolder && !existsSync(flags.dataDir) ? undefined : servedBy(flags.dataDir);
  return url === undefined ? opened(flags.dataDir) : running(url, flags);
}

const refusalSchema = v.pipe(v.string(), v.parseJson(), v.object({ message: v.string() }));

/** Another server may answer at the address too, in a form of its own. */
function wordsOf(text: string): string {
  const parsed = v.safeParse(refusalSchema, text);
  return parsed.success ? parsed.output.message : text;
}

/** @throws Error with what the emulator says */
export async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`The emulator answered ${response.status}: ${wordsOf(await response.text())}`);
}
