import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Flowith } from "flowith-webapi";
import type { FlowithDeveloper } from "flowith-webapi/developer";
import { usageError } from "../cli-error.ts";
import { apiKeyOf } from "../context/api-key.ts";
import type { Context } from "../context/context.ts";
import { developerClient } from "../context/developer-client.ts";
import { diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";
import { costFile } from "./credits/cost-file.ts";
import { Ledger } from "./credits/ledger.ts";
import { Works } from "./jobs/works.ts";
import type { McpFlags } from "./mcp-flags.ts";
import { signInAdvice } from "./results/sign-in-advice.ts";

/** Where a balance is asked for beside a job that nobody limits. */
const BALANCE_MS = 5_000;

interface DeskParts {
  client: Flowith;
  developer: FlowithDeveloper | undefined;
  roots: readonly string[];
  saveDir: string | undefined;
  maxImageBytes: number;
  waitMs: number;
  trustsClientRoots: boolean;
  signIn: string;
  ledger: Ledger;
}

/** What all connections of one run of the server share: the account, what was spent, and the jobs. */
export class Desk implements AsyncDisposable {
  readonly client: Flowith;
  /** Where there is an API key. */
  readonly developer: FlowithDeveloper | undefined;
  readonly ledger: Ledger;
  readonly works: Works;
  /** Whose files may be uploaded, as real paths. */
  readonly roots: readonly string[];
  /** Whether a client may name further roots: over HTTP it may be on another machine, and this one's files are none of its. */
  readonly trustsClientRoots: boolean;
  readonly saveDir: string | undefined;
  readonly maxImageBytes: number;
  /** How long a tool waits for a job. */
  readonly waitMs: number;
  /** What to do where nobody is signed in. */
  readonly signIn: string;
  readonly #closing = new AbortController();

  private constructor(parts: DeskParts) {
    const { client, developer, ledger } = parts;
    this.client = client;
    this.developer = developer;
    this.roots = parts.roots;
    this.trustsClientRoots = parts.trustsClientRoots;
    this.saveDir = parts.saveDir;
    this.maxImageBytes = parts.maxImageBytes;
    this.waitMs = parts.waitMs;
    this.signIn = parts.signIn;
    this.ledger = ledger;
    this.works = new Works(client, this.#closing.signal);
  }

  /** @throws CliError for folders that cannot be used, and for settings that mean nothing */
  static async open(
    context: Context,
    flags: McpFlags,
    { trustsClientRoots }: { trustsClientRoots: boolean },
  ): Promise<Desk> {
    const { shell } = context;
    const settings = await context.settings();
    const client = await context.client();
    const { maxCredits } = flags;
    const options = maxCredits === undefined ? { maxRetries: 0, timeout: { totalMs: BALANCE_MS } } : {};
    const balance = async (): Promise<number> => (await client.account.balance(options)).remainQuota;
    return new Desk({
      client,
      ledger: await Ledger.open(balance, maxCredits, costFile(settings)),
      developer: apiKeyOf(shell.env) === undefined ? undefined : await developerClient(context),
      roots: await Promise.all((flags.root ?? []).map((root) => folderAt(resolve(shell.cwd, root)))),
      saveDir: flags.saveDir === undefined ? undefined : await madeFolder(resolve(shell.cwd, flags.saveDir)),
      maxImageBytes: flags.maxImageBytes,
      waitMs: flags.wait * 1000,
      trustsClientRoots,
      signIn: signInAdvice(settings.source),
    });
  }

  /** Ends the waits. Jobs go on at the service, and their handles stay. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException("The server is closed.", "AbortError"));
    this.developer?.close();
  }
}

async function folderAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return realpath(path);
  throw usageError(`${path} is no folder, so nothing in it can be uploaded.`, "Give another one by --root.");
}

async function madeFolder(path: string): Promise<string> {
  try {
    await makeFolder(path);
    return path;
  } catch (error) {
    throw usageError(`Nothing can be saved in ${path}: ${diskWords(error)}.`, "Give another folder by --save-dir.");
  }
}
