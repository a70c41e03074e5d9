import type { ConnectionEvent } from "../events/connection-event.ts";
import { EventConnection } from "../events/event-connection.ts";
import { RowWatch, type RowWatchOptions } from "../events/row-watch.ts";
import { type UploadServices, uploadFile } from "../files/upload-file.ts";
import { EdgeClient } from "../http/edge-client.ts";
import { HttpClient } from "../http/http-client.ts";
import { JobEngine } from "../jobs/job-engine.ts";
import { JobTracker } from "../jobs/job-tracker.ts";
import type { Listening } from "../jobs/listening.ts";
import type { ResumeTools } from "../jobs/resumed-job.ts";
import { WaitingTicker } from "../jobs/waiting-ticker.ts";
import type { KindTools } from "../kinds/kind.ts";
import { createKinds, type Kinds } from "../kinds/kinds.ts";
import { textKind } from "../kinds/text/text.ts";
import { Verbs } from "../kinds/verbs.ts";
import { generatedMedia } from "../media/generated-media.ts";
import type { LeveledLogger } from "../options/logger.ts";
import { Auth } from "../resources/auth.ts";
import { buildResources, type Resources } from "../resources/build-resources.ts";
import { featureCheck } from "../resources/check-features.ts";
import { Canvas } from "../rows/canvas.ts";
import { RowCalls } from "../rows/row-calls.ts";
import { parseSession } from "../session/auth-session.ts";
import { memoryKeyValueStore } from "../session/key-value-store.ts";
import { SessionManager } from "../session/session-manager.ts";
import { PerRequest } from "../timing/per-request.ts";
import type { FlowithClientOptions } from "./client-options.ts";
import type { Platform } from "./platform.ts";

const EDGE_URL = "https://edge.flowith.io";
const SUPABASE_URL = "https://aibdxsebwhalbnugsqel.supabase.co";
const SUPABASE_KEY = "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr";

export interface BuiltServices {
  auth: Auth;
  http: HttpClient;
  edge: EdgeClient;
  canvas: Canvas;
  uploads: UploadServices;
  kinds: Kinds;
  verbs: Verbs;
  resume: ResumeTools;
  resources: Resources;
  listening: PerRequest<Listening>;
  /** Those that are open. */
  connections: ReadonlySet<EventConnection>;
}

export function buildServices(
  options: FlowithClientOptions,
  platform: Platform,
  logger: LeveledLogger,
  onConnection: (event: ConnectionEvent) => void,
): BuiltServices {
  const platformFetch: typeof fetch = (input, init) => fetch(input, init);
  const session: SessionManager = new SessionManager({
    token: options.token,
    refreshToken: options.refreshToken,
    userId: options.userId,
    store: options.store ?? platform.defaults.store,
    waitUntil: options.waitUntil,
    refreshesInBackground: platform.refreshesInBackground,
    sharesPromises: platform.sharesPromises,
    logger,
    refresh: async (refreshToken, call) => {
      const answer = await rowCalls.run(call, (portCall) => backend.auth.refresh(refreshToken, portCall));
      return parseSession(answer, "POST /auth/v1/token");
    },
  });
  const http = new HttpClient({
    fetch: options.fetch ?? platformFetch,
    sendWithProgress: options.fetch === undefined ? platform.sendWithProgress : undefined,
    middleware: options.middleware ?? [],
    authScheme: options.authScheme ?? "bare",
    headers: options.headers ?? {},
    maxRetries: options.maxRetries ?? 2,
    tokens: session,
    logger,
  });
  const rowCalls: RowCalls = new RowCalls(http);
  const backend = platform.createBackend({
    token: () => session.accessToken(),
    fetch: rowCalls.fetch,
    supabaseUrl: options.supabaseUrl ?? SUPABASE_URL,
    supabaseKey: options.supabaseKey ?? SUPABASE_KEY,
    verifierStore: options.verifierStore ?? platform.defaults.verifierStore ?? memoryKeyValueStore(),
    logger,
  });
  const edge = new EdgeClient(http, options.edgeUrl ?? EDGE_URL);
  const canvas = new Canvas(backend.canvas, rowCalls);
  const sharesWork = platform.sharesPromises;
  const connections = new Set<EventConnection>();
  const connection = (name: ConnectionEvent["channel"]): EventConnection =>
    new EventConnection({
      name,
      onConnection,
      inUse: connections,
      open: async (signal) => edge.events(`/user_stream/${name}`, { user_id: await session.userId(signal) }, signal),
      livenessMs: options.livenessMs,
      lingerMs: options.lingerMs ?? platform.defaults.lingerMs ?? 1_000,
      reconnect: {
        minDelayMs: options.reconnect?.minDelayMs ?? 250,
        maxDelayMs: options.reconnect?.maxDelayMs ?? 10_000,
      },
      logger,
    });
  const fetchRows: RowWatchOptions["fetchRows"] = (ids, parentIds, signal) =>
    canvas.nodesByIds(ids, parentIds, { signal });
  const listening = new PerRequest<Listening>(sharesWork, () => {
    const [stream, sse] = [connection("stream"), connection("sse")];
    const rows = new RowWatch({ fetchRows, logger });
    return { stream, sse, forText: [stream], forMedia: [stream, sse], rows, ticker: new WaitingTicker() };
  });
  const resources = buildResources({ backend, rows: rowCalls, edge, session, canvas, logger, sharesWork });
  const { files, uploadRedirect: redirect, uploadBody } = platform;
  const uploads: UploadServices = { http, edge, files, redirect, uploadBody };
  const { timeout, validate, jobStore } = options;
  const tracker = new JobTracker({ listening, jobStore, logger });
  const kindTools: KindTools = {
    timeout,
    upload: (source, signal) => uploadFile(uploads, source, { signal }),
    media: (url, model) => generatedMedia({ http, files }, url, model),
    checkFeatures: validate === "off" ? undefined : featureCheck(resources.catalogue),
  };
  const text = textKind(kindTools);
  const kinds = createKinds(text, kindTools);
  const engine = new JobEngine({ session, edge, canvas, tracker, logger });
  return {
    auth: new Auth(session, backend.auth, rowCalls),
    http,
    edge,
    canvas,
    uploads,
    kinds,
    verbs: new Verbs(engine, kinds, text, edge),
    resume: { session, canvas, tracker, timeout },
    resources,
    listening,
    connections,
  };
}
