import { readdir } from "node:fs/promises";
import { Flowith } from "flowith-webapi/node";
import { brokenFetch } from "../src/broken-fetch.ts";
import { type Control, httpControl, type TestUser } from "../src/control.ts";
import { countedAbort } from "./leaks-counters.ts";

/** One user with one client, one call of whose is to be aborted. */
export interface Scene {
  flowith: Flowith;
  user: TestUser;
  control: Control;
  signal: AbortSignal;
  /** What the signal is aborted with. */
  reason: Error;
  abort(): void;
  /** Resolves when the emulator has received a request to the route, or answered it with the status. */
  arrival(route: string, status?: number): Promise<void>;
  /** Makes files stop after their first bytes; resolves when one has. */
  stallFiles(): Promise<void>;
  /** An empty folder. */
  folder: string;
  /** What is left of the call: answers that are open, listeners on the signal, files. */
  left(): Promise<Record<string, unknown>>;
}

export async function newScene(
  emulatorUrl: string,
  folder: string,
  wishes?: { expiresInSeconds?: number },
): Promise<Scene> {
  const control = httpControl(emulatorUrl);
  const user = await control.newUser(wishes);
  const { edgeUrl, supabaseUrl, supabaseKey } = await control.addresses();
  const { controller, listeners } = countedAbort();
  const reason = new Error("enough");
  let onStalled: (() => void) | undefined;
  const wire = brokenFetch((path, body) => (path.startsWith("/files/") && onStalled ? stalled(body, onStalled) : body));
  const flowith = new Flowith({
    edgeUrl,
    supabaseUrl,
    supabaseKey,
    token: user.token,
    refreshToken: user.refreshToken,
    fetch: wire.fetch,
    // Long enough to be met in it.
    events: { lingerMs: 0, minDelayMs: 60_000, maxDelayMs: 60_000 },
  });
  return {
    flowith,
    user,
    control,
    signal: controller.signal,
    reason,
    abort: () => controller.abort(reason),
    async arrival(route, status) {
      const query = new URLSearchParams({ user: user.id, route, wait: "5000" });
      if (status !== undefined) query.set("status", String(status));
      const response = await fetch(`${emulatorUrl}/__emulator/journal?${query}`);
      const entries: unknown[] = await response.json();
      if (entries.length === 0) throw new Error(`no ${route} arrived`);
    },
    stallFiles: () =>
      new Promise((resolve) => {
        onStalled = resolve;
      }),
    folder,
    left: async () => ({
      listeners: listeners(),
      openAnswers: wire.openBodies(),
      files: await readdir(folder),
    }),
  };
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/** The first bytes, and then nothing. */
function stalled(source: Body, onStalled: () => void): Body {
  const reader = source.getReader();
  let isFirst = true;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value } = await reader.read();
        if (isFirst && value !== undefined) controller.enqueue(value.subarray(0, 10));
        else {
          onStalled();
          await new Promise(() => undefined);
        }
        isFirst = false;
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
