import { randomUUID } from "node:crypto";
import { type Backend, createBackend } from "./backend.ts";
import type { Emulator } from "./emulator.ts";
import type { EmulatorOptions, ListenOptions } from "./emulator-options.ts";
import { checkEmulatorOptions, checkStartOptions } from "./options-check.ts";
import { guardedByKey, guardedByOrigin } from "./server/control-guard.ts";
import { inProcess } from "./server/in-process.ts";
import { type Listening, listen, listenAgain } from "./server/listen.ts";
import { openStorage, type Storage } from "./storage.ts";
import { findWellKnown } from "./users/seed-database.ts";

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

interface Place {
  url: string;
  controlKey?: string | undefined;
  listening?: Listening | undefined;
}

function emulatorOf(backend: Backend, { url, controlKey, listening }: Place): Emulator {
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= Promise.all([listening?.close(), backend.close()]).then(() => undefined);
    return closing;
  };
  const { handle, users, signIn: _, ...controls } = backend;
  const answer = inProcess(handle, url);
  return {
    ...controls,
    url,
    edgeUrl: url,
    supabaseUrl: url,
    controlKey,
    get users() {
      return users();
    },
    async fetch(input, init) {
      if (closing !== undefined) throw new TypeError("fetch failed", { cause: new Error("The emulator is closed.") });
      return answer(input, init);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Everybody knows the password of alice and bob, so their data are not for other machines. */
async function refuseWellKnown(storage: Storage): Promise<void> {
  if ((await findWellKnown(storage.database)).length === 0) return;
  throw new Error(
    "This data folder has the well-known users, whose password is public. Use another one for this host.",
  );
}

/**
 * An emulator without a socket: only its `fetch` reaches it.
 * @throws EmulatorOptionError
 * @example
 * await using own = await createEmulator();
 * const [alice] = own.users;
 * const client = new Flowith({ token: alice?.token, fetch: own.fetch });
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkEmulatorOptions(options);
  const url = "http://emulator.localhost";
  const storage = await openStorage(options);
  try {
    const backend = await createBackend(options, storage, () => ({ url, filesUrl: "http://files.localhost" }));
    await backend.signIn();
    return emulatorOf(backend, { url });
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** How this machine gets to what it serves: an address that stands for all of them is nothing to be opened. */
function openableName(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  const address = host === "::" ? "::1" : host;
  return address.includes(":") ? `[${address}]` : address;
}

/**
 * An emulator that listens, on 127.0.0.1 and a free port if not told otherwise.
 * Files are served from `localhost`, which is another origin, so that a client that sends its token along shows.
 * @throws EmulatorOptionError
 * @example
 * await using own = await startEmulator({ imageMs: 0 });
 * const { token } = await own.createUser();
 * const client = new Flowith({ token, edgeUrl: own.edgeUrl, supabaseUrl: own.supabaseUrl });
 */
export async function startEmulator(options: EmulatorOptions & ListenOptions = {}): Promise<Emulator> {
  checkStartOptions(options);
  const { port = 0, host = "127.0.0.1", controlOrigins = [] } = options;
  const isLocal = loopback.has(host);
  const controlKey = options.controlKey ?? (isLocal ? undefined : randomUUID());
  let addresses = { url: "", filesUrl: "" };
  const storage = await openStorage(isLocal ? options : { ...options, seed: false });
  try {
    if (!isLocal) await refuseWellKnown(storage);
    const backend = await createBackend(options, storage, () => addresses);
    const handle =
      controlKey === undefined
        ? guardedByOrigin(backend.handle, controlOrigins)
        : guardedByKey(backend.handle, controlKey);
    const listening = await (port === 0 ? listenAgain(handle, storage.previousUrl, host) : listen(handle, port, host));
    const url = `http://${openableName(host)}:${listening.port}`;
    addresses = { url, filesUrl: host === "127.0.0.1" ? `http://localhost:${listening.port}` : url };
    try {
      await backend.signIn();
      storage.announce(url);
    } catch (error) {
      await listening.close();
      throw error;
    }
    return emulatorOf(backend, { url, controlKey, listening });
  } catch (error) {
    await storage.close();
    throw error;
  }
}
