import { createControlApp } from "./controls/control-app.ts";
import type { EmulatorStatus } from "./controls/control-context.ts";
import { failInterruptedTasks } from "./edge/developer/developer-tasks.ts";
import { createKnowledgeStore, type NewKnowledgeBase, newKnowledgeBase } from "./edge/developer/knowledge-store.ts";
import { createTaskLog } from "./edge/developer/task-log.ts";
import { createEdgeApp, edgeRoutes } from "./edge/edge-app.ts";
import { answerWithoutFlowith, hasFlowithTables } from "./edge/without-flowith.ts";
import type { Emulator, ResetOptions } from "./emulator.ts";
import { defaultSupabaseKey, type EmulatorOptions } from "./emulator-options.ts";
import { createEventHub } from "./events/event-hub.ts";
import { createFaultBook, type FaultBook } from "./faults/fault-book.ts";
import { createFileStore } from "./files/file-store.ts";
import { serveFile } from "./files/serve-file.ts";
import { failInterruptedJobs } from "./jobs/interrupted-jobs.ts";
import { createJobLog } from "./jobs/job-log.ts";
import { createJobRunner } from "./jobs/job-runner.ts";
import { createNodeRows } from "./jobs/node-rows.ts";
import { createJournal } from "./journal/journal.ts";
import { createTextModel } from "./model/text-model.ts";
import { createMovableClock } from "./movable-clock.ts";
import { checked } from "./option-error.ts";
import { answerPage } from "./page/page.ts";
import { createRequestHandler, type Handler } from "./server/request-handler.ts";
import { checkedSettings, settingsOf } from "./settings.ts";
import { createSnapshots } from "./snapshot/snapshots.ts";
import { restoreSnapshot } from "./snapshot/table-snapshot.ts";
import type { Storage } from "./storage.ts";
import { type Connections, createConnections } from "./streams/connections.ts";
import { createSupabaseServices } from "./supabase-services.ts";
import { exportData } from "./transfer/export-data.ts";
import { importData } from "./transfer/import-data.ts";
import { createTurns } from "./turns.ts";
import { createTokenCheck } from "./users/access-token.ts";
import { createApiKeys } from "./users/api-keys.ts";
import { createCredits } from "./users/credits.ts";
import { newUser, resetWish } from "./users/new-user.ts";
import { findWellKnown, seedDatabase } from "./users/seed-database.ts";
import { checkDistinct, createUsers, type EmulatorUser, type NewUser } from "./users/users.ts";
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
    | "createKnowledgeBase"
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
  signIn(): Promise<void>;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), "FlowithEmulatorWarning");
}

/** Wires the parts together; no logic of its own. */
export async function createBackend(
  options: EmulatorOptions,
  storage: Storage,
  addresses: () => Addresses,
): Promise<Backend> {
  const { supabaseKey = defaultSupabaseKey, tokenLifetimeSeconds, allowedRedirects } = options;
  const { database, key, source } = storage;
  let isClosed = false;
  const onError = (error: unknown): void => {
    // a request that was under way while the database closed is no bug
    if (!isClosed) (options.onError ?? warn)(error);
  };
  database.onCrash(onError);
  const startSettings = settingsOf(options);
  const settings = checkedSettings(startSettings);
  const clock = createMovableClock();
  const publicUrl = (): string => addresses().url;
  const settled = { publishableKey: supabaseKey, tokenLifetimeSeconds, allowedRedirects };
  const supabaseOptions = { database, key, clock, publicUrl, ...settled };
  const { goTrue, emails, handle: supabase } = createSupabaseServices(supabaseOptions);
  const credits = createCredits(database, clock);
  const isFlowith = source.kind === "flowith";
  const apiKeys = createApiKeys(database);
  const knowledge = createKnowledgeStore(database);
  const users = createUsers({ auth: goTrue, apiKeys, database, key, clock, isFlowith });

  const faults: FaultBook = createFaultBook({
    isUser: users.isUser,
    connections: () => connections.list(),
    routes: () => edgeRoutes(edge),
  });
  const connections: Connections = createConnections((connection) => faults.attach(connection));
  const journal = createJournal(users.isUser);
  const files = createFileStore(() => addresses().filesUrl, storage.shelf);
  const model = createTextModel(files, users.isUser);
  const hub = createEventHub({
    now: () => clock.now(),
    heartbeatMs: () => settings.heartbeatMs,
    replays: (userId) => faults.wishOf(userId, "replay") ?? settings.replay,
  });
  const rows = createNodeRows(database, {
    form: (userId) => faults.wishOf(userId, "rows") ?? "object",
    keepsInit: (userId) => faults.wishOf(userId, "keepInit") ?? settings.keepInit,
  });
  const runner = createJobRunner(onError);
  const jobs = createJobLog(database, clock);
  const tasks = createTaskLog(database, clock);
  const checkToken = createTokenCheck(() => key.jwks(), clock);
  const hasEdge = isFlowith || (await hasFlowithTables(database));
  const edge = createEdgeApp({
    clock,
    settings,
    hub,
    rows,
    files,
    model,
    credits,
    runner,
    jobs,
    database,
    connections,
    checkToken,
    apiKeys,
    knowledge,
    tasks,
    faults,
  });
  const snapshots = createSnapshots(database, files);

  let known = storage.isNew
    ? await seedDatabase({ database, users, knowledge, source })
    : await findWellKnown(database);
  if (!storage.isNew && hasEdge) {
    await failInterruptedJobs({ credits, rows, jobs });
    await failInterruptedTasks({ credits, tasks });
  }
  storage.keep();
  let signedIn: EmulatorUser[] = [];

  async function signIn(): Promise<void> {
    users.remember(
      (await database.query<{ id: string; email: string | null }>("select id, email from auth.users")).rows,
    );
    signedIn = await Promise.all(known.map((user) => users.signIn(user)));
  }

  async function stop(): Promise<void> {
    faults.remove();
    await runner.stopAll();
    connections.endAll();
  }

  async function reset({ users: wanted }: ResetOptions): Promise<void> {
    // before anything is taken away
    checkDistinct(wanted ?? []);
    await stop();
    hub.clear();
    journal.clear();
    emails.length = 0;
    model.script.clear();
    clock.reset();
    Object.assign(settings, startSettings);
    await goTrue.deleteAll();
    await restoreSnapshot(database, storage.baseline);
    files.clear();
    users.forget();
    known = await seedDatabase({ database, users, knowledge, source }, wanted);
    await signIn();
  }

  async function importAll(body: ReadableStream<Uint8Array>): Promise<void> {
    await stop();
    hub.clear();
    await importData(database, files, body);
    known = await findWellKnown(database);
    await signIn();
  }

  async function status(): Promise<EmulatorStatus> {
    const { rows: counts } = await database.query<{ users: number }>("select count(*)::int as users from auth.users");
    return {
      pid: process.pid,
      serves: source.kind,
      dataDir: options.dataDir ?? null,
      users: counts[0]?.users ?? 0,
      runningJobs: runner.running,
      openStreams: connections.list().length,
      requests: journal.list().length,
      faults: faults.list().length,
      nowMs: clock.now(),
    };
  }

  const turns = createTurns();
  const controllable = {
    faults,
    journal,
    emails,
    clock,
    settings,
    reset: (wish: ResetOptions = {}) => turns.alone(async () => reset(checked("reset", resetWish, wish))),
    createUser: (user: NewUser = {}) => turns.together(async () => users.create(checked("createUser", newUser, user))),
    createKnowledgeBase: (base: NewKnowledgeBase) =>
      turns.together(async () => knowledge.add(checked("createKnowledgeBase", newKnowledgeBase, base))),
    snapshot: () => turns.together(() => snapshots.take()),
    restore: (id: string) => turns.alone(() => snapshots.restore(id)),
  };
  const controls = createControlApp({
    ...controllable,
    script: model.script,
    status,
    exportData: () => exportData(database, files),
    importData: (body) => turns.alone(() => importAll(body)),
    addresses: () => {
      const { url } = addresses();
      return { edgeUrl: url, supabaseUrl: url, supabaseKey, users: signedIn };
    },
  });
  const handle = createRequestHandler({
    clock,
    journal,
    whoseRequest: createWhoseRequest(database, apiKeys),
    faults,
    onError,
    controls: (request) => controls.fetch(request),
    files: (request) => serveFile(request, files),
    ownerOf: (path) => files.findByUrl(path)?.ownerId,
    supabase,
    page: (request) =>
      answerPage(
        {
          database,
          jobs,
          journal,
          hasFlowithTables: hasEdge,
          addresses,
          now: () => clock.now(),
        },
        request,
      ),
    edge: (request, outgoing) =>
      hasEdge ? edge.fetch(request, outgoing === undefined ? {} : { outgoing }) : answerWithoutFlowith(),
  });
  return {
    ...controllable,
    handle,
    supabaseKey,
    model: model.script,
    users: () => signedIn,
    signIn,
    async close() {
      isClosed = true;
      await stop();
      hub.clear();
      await storage.close();
    },
  };
}
