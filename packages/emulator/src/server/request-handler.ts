import type { ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import { DatabaseCrashError } from "../database/database-crash.ts";
import { isUnstorable } from "../database/storable.ts";
import type { FaultBook } from "../faults/fault-book.ts";
import { json, refusal } from "../http/answers.ts";
import { ConnectionSevered } from "../http/connection-severed.ts";
import type { Journal } from "../journal/journal.ts";
import { readText } from "../journal/read-text.ts";
import { redact, redactHeaders } from "../journal/redact.ts";
import { isDiskFull, messageOf } from "../message-of.ts";
import { wantsPage } from "../page/page.ts";
import { preflight, withCors } from "./cors.ts";

export type Handler = (request: Request, outgoing: ServerResponse | undefined) => Response | Promise<Response>;

export interface HandlerParts {
  clock: Clock;
  journal: Journal;
  whoseRequest: (request: Request, path: string, body: string | null) => Promise<string | undefined>;
  faults: FaultBook;
  controls: Handler;
  files: Handler;
  /** Whose file a path is. */
  ownerOf: (path: string) => string | undefined;
  /** `/rest/v1/*` and `/auth/v1/*`; answers its own preflights. */
  supabase: Handler;
  edge: Handler;
  /** For browsers that open the address itself. */
  page: (request: Request) => Promise<Response>;
  onError: (error: unknown) => void;
}

function isSupabase(path: string): boolean {
  return path.startsWith("/rest/v1") || path.startsWith("/auth/v1");
}

/** The way of a request through the emulator: journal, faults, then the part that its path names. */
export function createRequestHandler(parts: HandlerParts): Handler {
  function route(request: Request, path: string, outgoing: ServerResponse | undefined): Response | Promise<Response> {
    if (isSupabase(path)) return parts.supabase(request, outgoing);
    if (request.method === "OPTIONS") return preflight(request);
    return path.startsWith("/files/") ? parts.files(request, outgoing) : parts.edge(request, outgoing);
  }

  async function handle(request: Request, outgoing: ServerResponse | undefined): Promise<Response> {
    const startMs = performance.now();
    const { pathname: path, search, host } = new URL(request.url);
    // a request whose body breaks off has come in all the same, and stands in the journal
    const [read] = await Promise.allSettled([readText(request)]);
    const body = read.status === "fulfilled" ? read.value : null;
    const userId = await parts.whoseRequest(request, path, body);
    const entry = parts.journal.record({
      at: new Date(parts.clock.now()).toISOString(),
      method: request.method,
      host,
      path,
      query: redact(search),
      userId: userId ?? null,
      headers: redactHeaders(request.headers),
      body: body === null ? null : redact(body),
    });
    outgoing?.once("close", () => {
      if (!outgoing.writableFinished) parts.journal.cutShort(entry);
    });
    if (read.status === "rejected") throw read.reason;
    // a file is asked for without a token: for faults it is its owner's, for the journal nobody's, or a leak would not show
    const target = { method: request.method, path, userId: userId ?? parts.ownerOf(path) };
    const response = await parts.faults.around(target, { request, outgoing }, async () =>
      route(request, path, outgoing),
    );
    parts.journal.answered(entry, response.status, performance.now() - startMs);
    return withCors(response);
  }

  return async (request, outgoing) => {
    try {
      if (new URL(request.url).pathname.startsWith("/__emulator")) {
        return withCors(request.method === "OPTIONS" ? preflight(request) : await parts.controls(request, outgoing));
      }
      return wantsPage(request) ? await parts.page(request) : await handle(request, outgoing);
    } catch (error) {
      if (error instanceof ConnectionSevered) throw error;
      // who leaves in the middle of a body gets no answer, and has found no bug
      if (request.signal.aborted) throw new ConnectionSevered();
      // told already, by the database
      if (error instanceof DatabaseCrashError) return withCors(refusal(503, error.message, "database_crashed"));
      if (isUnstorable(error)) {
        return withCors(refusal(400, "A text holds a character that cannot be kept, such as NUL", "unstorable_text"));
      }
      if (isDiskFull(error)) {
        return withCors(refusal(503, `The emulator cannot keep this: ${messageOf(error)}`, "disk_full"));
      }
      parts.onError(error);
      return withCors(json({ message: "The emulator failed: this is a bug in it.", error: String(error) }, 500));
    }
  };
}
