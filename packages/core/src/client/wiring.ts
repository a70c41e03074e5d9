import { Background } from "../conversation/background.ts";
import type { ConnectionEvent } from "../events/connection-event.ts";
import type { EventConnection } from "../events/event-connection.ts";
import { type UploadTools, uploadFile } from "../files/upload-file.ts";
import { AuthorizedClient } from "../http/authorized-client.ts";
import { EdgeClient } from "../http/edge-client.ts";
import { PortCalls } from "../http/port-calls.ts";
import { repeatAfter } from "../http/repeat-after.ts";
import { placesOf, RequestBudget } from "../http/request-budget.ts";
import type { ServiceAddresses } from "../http/service-address.ts";
import { type ServiceFetch, serviceFetch } from "../http/service-fetch.ts";
import { Transport } from "../http/transport.ts";
import type { JobChannels } from "../jobs/job-channels.ts";
import { JobEngine } from "../jobs/job-engine.ts";
import { JobTracker } from "../jobs/job-tracker.ts";
import type { ResumeTools } from "../jobs/resumed-job.ts";
import { BatchJobs } from "../kinds/batch-jobs.ts";
import type { KindTools } from "../kinds/kind.ts";
import { createKinds, type Kinds } from "../kinds/kinds.ts";
import { textKind } from "../kinds/text/text.ts";
import { Verbs } from "../kinds/verbs.ts";
import { generatedMedia } from "../media/generated-media.ts";
import { type StoredMedia, storedMedia } from "../media/stored-media.ts";
import type { LeveledLogger } from "../options/logger.ts";
import { Auth } from "../resources/auth.ts";
import { featureCheck } from "../resources/check-features.ts";
import { ModelCatalogue } from "../resources/model-catalogue.ts";
import { Canvas } from "../rows/canvas.ts";
import { memoryKeyValueStore } from "../session/key-value-store.ts";
import { refreshGrant } from "../session/refresh-grant.ts";
import { SessionManager } from "../session/session-manager.ts";
import type { PerRequest } from "../timing/per-request.ts";
import { UnderWay } from "../timing/under-way.ts";
import { CLIENT_DEFAULTS } from "./client-defaults.ts";
import type { FlowithClientOptions } from "./client-options.ts";
import type { Platform } from "./platform.ts";
import { renewChannels, wireChannels } from "./wire-channels.ts";
import { type Resources, wireResources } from "./wire-resources.ts";

export interface Wiring {
  auth: Auth;
  addresses: ServiceAddresses;
  fetch: ServiceFetch;
  transport: Transport;
  edge: EdgeClient;
  canvas: Canvas;
  uploads: UploadTools;
  media: StoredMedia;
  kinds: Kinds;
  verbs: Verbs;
  batchJobs: BatchJobs;
  tracker: JobTracker;
  background: Background;
  /** Turns of conversations. */
  turns: UnderWay;
  resume: ResumeTools;
  resources: Resources;
  channels: PerRequest<JobChannels>;
  /** Those that are open. */
  connections: ReadonlySet<EventConnection>;
}

/** Makes the parts of a client, each from those above it. */
export function wire(
  options: FlowithClientOptions,
  platform: Platform,
  logger: LeveledLogger,
  onConnection: (event: ConnectionEvent) => void,
): Wiring {
  const addresses: ServiceAddresses = {
    edgeUrl: baseUrl(options.edgeUrl ?? CLIENT_DEFAULTS.edgeUrl),
    supabaseUrl: baseUrl(options.supabaseUrl ?? CLIENT_DEFAULTS.supabaseUrl),
    supabaseKey: options.supabaseKey?.trim() ?? CLIENT_DEFAULTS.supabaseKey,
  };
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    sendWithProgress: options.fetch === undefined ? platform.sendWithProgress : undefined,
    middleware: options.middleware ?? [],
    headers: options.headers ?? {},
    maxRetries: options.maxRetries ?? CLIENT_DEFAULTS.maxRetries,
    places: placesOf(new RequestBudget(options.maxRequests ?? CLIENT_DEFAULTS.maxRequests), platform.sharesPromises),
    logger,
  });
  const backend = platform.createBackend({
    supabaseUrl: addresses.supabaseUrl,
    supabaseKey: addresses.supabaseKey,
    verifierStore: options.verifierStore ?? platform.defaults.verifierStore ?? memoryKeyValueStore(),
    logger,
  });
  const grants = new PortCalls(transport);
  const session = new SessionManager({
    ...options,
    store: options.store ?? platform.defaults.store,
    refreshesInBackground: platform.refreshesInBackground,
    sharesPromises: platform.sharesPromises,
    logger,
    refresh: refreshGrant(backend.auth, grants),
    onAnotherUser: () => {
      background.abortAll();
      renewChannels(channels);
    },
  });
  const authorized = new AuthorizedClient(transport, session, options.authScheme ?? "bare");
  const calls = new PortCalls(authorized, backend.hasGivenClient);
  const edge = new EdgeClient(authorized, addresses.edgeUrl, platform.showsSilentStreams);
  const canvas = new Canvas(backend.canvas, calls);

  const connections = new Set<EventConnection>();
  const parts = { edge, session, canvas, inUse: connections, onConnection, logger };
  const channels = wireChannels(options, platform, parts);
  const catalogue = new ModelCatalogue(edge, logger, platform.sharesPromises);

  const { timeout, jobStore } = options;
  const { files, uploadRedirect: redirect, uploadBody, showsSilentStreams } = platform;
  const uploads: UploadTools = { transport, edge, files, redirect, uploadBody };
  const kindTools: KindTools = {
    timeout,
    quietMs: options.events?.quietMs ?? {},
    upload: (source, call, label) => uploadFile(uploads, source, call, label),
    media: (url, model) => generatedMedia({ transport, files }, url, model),
    checkFeatures: options.validate === "off" ? undefined : featureCheck(catalogue),
  };
  const text = textKind(kindTools);
  const kinds = createKinds(text, kindTools);
  const background = new Background({
    outlivesResponses: platform.refreshesInBackground,
    waitUntil: options.waitUntil,
    logger,
  });
  const tracker = new JobTracker({ channels, jobStore, logger });
  const resume = { session, canvas, tracker, timeout };
  const engine = new JobEngine({ session, edge, canvas, tracker, showsSilentStreams, logger });
  const verbs = new Verbs(engine, kinds, text, edge, files);
  const batchJobs = new BatchJobs(engine, verbs, kinds, resume);
  const auth = new Auth(session, backend.auth, grants, calls);
  const resources = wireResources(backend, calls, canvas, edge, session, catalogue);
  const turns = new UnderWay();
  const shared = { tracker, background, turns, resume, channels, connections };
  const media = storedMedia({ transport, files });
  const jobParts = { canvas, uploads, media, kinds, verbs, batchJobs, ...shared };
  return { auth, addresses, fetch: serviceFetch(authorized, addresses), transport, edge, resources, ...jobParts };
}

/** What paths can be added to. A value out of an `.env` often has a blank or a line break at its end. */
function baseUrl(url: string): string {
  return url.trim().replace(/\/+$/, "");
}
