import { randomUUID } from "node:crypto";
import { type Backend, createBackend } from "./backend.ts";
import type { Emulator } from "./emulator.ts";
import type { EmulatorOptions, ListenOptions } from "./emulator-options.ts";
import { refusal } from "./http/answers.ts";
import { inProcess } from "./server/in-process.ts";
import { type Listening, listen } from "./server/listen.ts";
import type { Handler } from "./server/request-handler.ts";

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "localhost"]);

/** Lets only those control the emulator who know the key. */
function guarded(handle: Handler, controlKey: string | undefined): Handler {
  if (controlKey === undefined) return handle;
  return (request, outgoing) => {
    const isControl = new URL(request.url).pathname.startsWith("/__emulator") && request.method !== "OPTIONS";
    if (isControl && request.headers.get("x-emulator-key") !== controlKey) {
      return refusal(401, "This emulator is open to other machines: its controls want the header x-emulator-key.");
    }
    return handle(request, outgoing);
  };
}

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
  const { handle, users, signInWellKnown: _, ...controls } = backend;
  return {
    ...controls,
    url,
    edgeUrl: url,
    supabaseUrl: url,
    controlKey,
    get users() {
      return users();
    },
    fetch: inProcess(handle, url),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** An emulator without a socket: only its `fetch` reaches it. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const url = "http://emulator.localhost";
  const backend = await createBackend(options, () => ({ url, filesUrl: "http://files.localhost" }));
  await backend.signInWellKnown();
  return emulatorOf(backend, { url });
}

/**
 * An emulator that listens, on 127.0.0.1 and a free port if not told otherwise.
 * Files are served from `localhost`, which is another origin, so that a client that sends its token along shows.
 */
export async function startEmulator(options: EmulatorOptions & ListenOptions = {}): Promise<Emulator> {
  const { port = 0, host = "127.0.0.1", ...rest } = options;
  const isLocal = loopback.has(host);
  const controlKey = options.controlKey ?? (isLocal ? undefined : randomUUID());
  let addresses = { url: "", filesUrl: "" };
  const backend = await createBackend({ ...rest, seed: isLocal && rest.seed !== false }, () => addresses);
  try {
    const listening = await listen(guarded(backend.handle, controlKey), port, host);
    const name = host.includes(":") ? `[${host}]` : host;
    const url = `http://${name}:${listening.port}`;
    addresses = { url, filesUrl: host === "127.0.0.1" ? `http://localhost:${listening.port}` : url };
    await backend.signInWellKnown();
    return emulatorOf(backend, { url, controlKey, listening });
  } catch (error) {
    await backend.close();
    throw error;
  }
}
