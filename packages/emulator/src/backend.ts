import { createControlApp } from "./controls/control-app.ts";
import { createEdgeApp } from "./edge/edge-app.ts";
import type { Emulator } from "./emulator.ts";
import { defaultSupabaseKey, type EmulatorOptions } from "./emulator-options.ts";
import { createEventHub } from "./events/event-hub.ts";
import { createFaultBook, type FaultBook } from "./faults/fault-book.ts";
import { createFileStore } from "./files/file-store.ts";
import { serveFile } from "./files/serve-file.ts";
import { createJobRunner } from "./jobs/job-runner.ts";
import { createNodeRows } from "./jobs/node-rows.ts";
import { createJournal } from "./journal/journal.ts";
import { createTextModel } from "./model/text-model.ts";
import { createMovableClock } from "./movable-clock.ts";
import { createRequestHandler, type Handler } from "./server/request-handler.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { createSnapshots } from "./snapshot/snapshots.ts";
import { type Connections, createConnections } from "./streams/connections.ts";
import { createSupabaseServices } from "./supabase-services.ts";
import { createTokenCheck } from "./users/access-token.ts";
import { createCredits } from "./users/credits.ts";
import { seedDatabase } from "./users/seed-database.ts";
import { createUsers, type EmulatorUser, type NewUser } from "./users/users.ts";
import { createWhoseRequest } from "./users/whose-request.ts";

/** Where the backend is reached; known only once it listens. */
export interface Addresses {
  url: string;
  filesUrl: string;
}

/** The parts of an emulator that need no address. */
export interface Backend
  extends Pick<
    Emulator,
    | "supabaseKey"
    | "createUser"
    | "faults"
    | "model"
    | "clock"
    | "journal"
    | "emails"
    | "settings"
    | "reset"
    | "snapshot"
    | "restore"
    | "close"
  > {
  handle: Handler;
  users(): readonly EmulatorUser[];
  /** To be called once the addresses are known: they stand in the tokens. */
  signInWellKnown(): Promise<void>;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), "FlowithEmulatorWarning");
}

/** Wires the parts together; no logic of its own. */
export async function createBackend(options: EmulatorOptions, addresses: () => Addresses): Promise<Backend> {
  const { seed = true, supabaseKey = defaultSupabaseKey, tokenLifetimeSeconds } = options;
  let isClosed = false;
  const onError = (error: unknown): void => {
    // a request that was under way while the database closed is no bug
    if (!isClosed) (options.onError ?? warn)(error);
  };
  const startSettings = settingsOf(options);
  const settings: Settings = { ...startSettings };
  const clock = createMovableClock();
  const publicUrl = (): string => addresses().url;
  const supabaseOptions = { clock, publicUrl, publishableKey: supabaseKey, tokenLifetimeSeconds };
  const { database, key, goTrue, emails, handle: supabase } = await createSupabaseServices(supabaseOptions);
  const credits = createCredits(database, clock);
  const users = createUsers({ auth: goTrue, credits, database, key, clock });
  const wellKnown = await seedDatabase(database, users, seed);

  const faults: FaultBook = createFaultBook(users.isUser, () => connections.list());
  const connections: Connections = createConnections((connection) => faults.attach(connection));
  const journal = createJournal(users.isUser);
  const files = createFileStore(() => addresses().filesUrl);
  const model = createTextModel(files, users.isUser);
  const hub = createEventHub({
    now: () => clock.now(),
    heartbeatMs: () => settings.heartbeatMs,
    replays: (userId) => faults.wishOf(userId, "replay") ?? settings.replay,
  });
  const rows = createNodeRows(database, (userId) => faults.wishOf(userId, "rows") ?? "object");
  const runner = createJobRunner(onError);
  const checkToken = createTokenCheck(() => key.jwks(), clock);
  const edge = createEdgeApp({
    clock,
    settings,
    hub,
    rows,
    files,
    model,
    credits,
    runner,
    database,
    connections,
    checkToken,
    faults,
  });
  const snapshots = createSnapshots(database, files);
  const base = await snapshots.take();
  let signedIn: EmulatorUser[] = [];

  async function signInWellKnown(): Promise<void> {
    signedIn = await Promise.all(wellKnown.map((user) => users.signIn(user)));
  }

  async function stop(): Promise<void> {
    faults.remove();
    await runner.stopAll();
    connections.endAll();
  }

  async function reset(): Promise<void> {
    await stop();
    hub.clear();
    journal.clear();
    emails.length = 0;
    model.script.clear();
    clock.reset();
    Object.assign(settings, startSettings);
    await goTrue.deleteAll();
    await snapshots.restore(base);
    users.forget();
    await signInWellKnown();
  }

  const controllable = {
    faults,
    journal,
    emails,
    clock,
    settings,
    reset,
    createUser: (user?: NewUser) => users.create(user),
    snapshot: () => snapshots.take(),
    restore: (id: string) => snapshots.restore(id),
  };
  const controls = createControlApp({
    ...controllable,
    script: model.script,
    addresses: () => {
      const { url } = addresses();
      return { edgeUrl: url, supabaseUrl: url, supabaseKey, users: signedIn };
    },
  });
  const handle = createRequestHandler({
    clock,
    journal,
    whoseRequest: createWhoseRequest(database),
    faults,
    onError,
    controls: (request) => controls.fetch(request),
    files: (request) => serveFile(request, files),
    ownerOf: (path) => files.findByUrl(path)?.ownerId,
    supabase,
    edge: (request, outgoing) => edge.fetch(request, outgoing === undefined ? {} : { outgoing }),
  });
  return {
    ...controllable,
    handle,
    supabaseKey,
    model: model.script,
    users: () => signedIn,
    signInWellKnown,
    async close() {
      isClosed = true;
      await stop();
      hub.clear();
      await database.close();
    },
  };
}
