import type { Logger } from "../options/logger.ts";
import { now } from "../timing/now.ts";
import { startTimer, type Timer } from "../timing/timer.ts";
import type { NodeRow } from "../wire/node-row.ts";

const MOST_IDS_A_QUERY = 150;
const MOST_QUERIES_AT_ONCE = 2;
/** How long a query may keep others about the same rows from being made. */
const PATIENCE_MS = 2_000;
/** How much earlier than due a row is asked for company, unless that was done less than `REST_MS` ago. */
const TOGETHER_MS = 500;
const REST_MS = 2_000;

export interface RowListener {
  readonly nodeId: string;
  /** An answer under this node is the listener's as well, whatever its id. */
  readonly parentId?: string | undefined;
  /** When the row is to be asked next, in ms of `now()`, if nothing else happens; Infinity for not at all. */
  nextAskAtMs(): number;
  /** The row as it is now; undefined where there is none that this user can see. */
  onRow(row: NodeRow | undefined): void;
  onRowError(error: unknown): void;
}

export interface RowWatchOptions {
  fetchRows(ids: readonly string[], parentIds: readonly string[], signal: AbortSignal): Promise<NodeRow[]>;
  logger: Logger;
}

interface Watch {
  /** Whether the row is to be asked before the listener's own time. */
  isUrgent: boolean;
  /** How many queries about it are under way, and when the last of them was sent. */
  queries: number;
  askedAtMs: number;
}

/**
 * Asks the rows of jobs that the stream leaves in doubt, for all such jobs together: at most 150 ids a query (for the
 * length of the URL) and two queries at a time.
 */
export class RowWatch {
  readonly #options: RowWatchOptions;
  readonly #watches = new Map<RowListener, Watch>();
  #queries = 0;
  /** Who is due and has found no room in a query yet, in turn; the urgent go first. */
  readonly #urgent = new Set<RowListener>();
  readonly #due = new Set<RowListener>();
  #timer: Timer | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;
  // Made when it is needed: Workers allow none in their global scope, where a client may be made.
  #controller: AbortController | undefined;

  constructor(options: RowWatchOptions) {
    this.#options = options;
  }

  /** Does nothing more where it is watched already. */
  watch(listener: RowListener): void {
    if (!this.#watches.has(listener))
      this.#watches.set(listener, { isUrgent: false, queries: 0, askedAtMs: Number.NEGATIVE_INFINITY });
    this.#wakeAt(listener.nextAskAtMs());
  }

  unwatch(listener: RowListener): void {
    this.#urgent.delete(listener);
    this.#due.delete(listener);
    if (this.#watches.delete(listener) && this.#watches.size === 0) this.#rest();
  }

  /** Asks soon, whatever the listener's own time says. Calls of the same moment share one query. */
  ask(listener: RowListener): void {
    const watch = this.#watches.get(listener);
    if (watch === undefined) return;
    watch.isUrgent = true;
    this.#wakeAt(Math.max(now(), dueAtMs(listener, watch)));
  }

  #rest(): void {
    this.#timer?.stop();
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    this.#controller?.abort(new DOMException("Nobody waits for these rows any more.", "AbortError"));
    this.#controller = undefined;
  }

  #wakeAt(atMs: number): void {
    if (atMs >= this.#timerAtMs) return;
    this.#timer?.stop();
    this.#timerAtMs = atMs;
    this.#timer = startTimer(Math.max(0, atMs - now()), () => this.#tick());
  }

  /** Looks who is due, and who will be in a moment, so that thousands make few queries. */
  #tick(): void {
    this.#timer?.stop();
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    const nowMs = now();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [listener, watch] of this.#watches) {
      const atMs = dueAtMs(listener, watch);
      const isSoon = atMs <= nowMs + TOGETHER_MS && watch.askedAtMs <= nowMs - REST_MS;
      if (atMs <= nowMs || isSoon) (watch.isUrgent ? this.#urgent : this.#due).add(listener);
      else if (atMs < nextMs) nextMs = atMs;
    }
    this.#queryDue();
    this.#wakeAt(nextMs);
  }

  #queryDue(): void {
    while (this.#queries < MOST_QUERIES_AT_ONCE && this.#urgent.size + this.#due.size > 0) {
      const batch = [...new Set([...first(this.#urgent), ...first(this.#due)])].slice(0, MOST_IDS_A_QUERY);
      for (const listener of batch) {
        this.#urgent.delete(listener);
        this.#due.delete(listener);
      }
      this.#query(batch);
    }
  }

  #query(listeners: readonly RowListener[]): void {
    this.#queries++;
    for (const listener of listeners) {
      const watch = this.#watches.get(listener);
      if (watch === undefined) continue;
      watch.isUrgent = false;
      watch.queries++;
      watch.askedAtMs = now();
    }
    this.#controller ??= new AbortController();
    const { signal } = this.#controller;
    const ids = [...new Set(listeners.map(({ nodeId }) => nodeId))];
    const parentIds = listeners.flatMap(({ parentId }) => parentId ?? []);
    this.#options
      .fetchRows(ids, parentIds, signal)
      .then(
        (rows) => {
          const byId = new Map(rows.map((row) => [row.id, row]));
          const byParent = new Map(rows.map((row) => [row.type === "2" ? row.parentId : null, row]));
          this.#finish(listeners, (listener) =>
            listener.onRow(byId.get(listener.nodeId) ?? byParent.get(listener.parentId ?? "")),
          );
        },
        (error: unknown) => {
          if (signal.aborted) return;
          this.#options.logger.info("rows: query failed", { ids: ids.length, error: String(error) });
          this.#finish(listeners, (listener) => listener.onRowError(error));
        },
      )
      .finally(() => {
        this.#queries--;
        this.#queryDue();
        this.#wakeFor(listeners);
      });
  }

  /** Not by a look at all of them: with thousands, that would be most of the work. */
  #wakeFor(listeners: readonly RowListener[]): void {
    for (const listener of listeners) {
      const watch = this.#watches.get(listener);
      if (watch !== undefined) this.#wakeAt(dueAtMs(listener, watch));
    }
  }

  #finish(listeners: readonly RowListener[], tell: (listener: RowListener) => void): void {
    for (const listener of listeners) {
      const watch = this.#watches.get(listener);
      if (watch === undefined) continue;
      watch.queries--;
      tell(listener);
    }
  }
}

/** A query that hangs must not keep the last look at a row from being made. */
function dueAtMs(listener: RowListener, { isUrgent, queries, askedAtMs }: Watch): number {
  if (queries === 0) return isUrgent ? Number.NEGATIVE_INFINITY : listener.nextAskAtMs();
  return isUrgent ? askedAtMs + PATIENCE_MS : Number.POSITIVE_INFINITY;
}

function first(listeners: ReadonlySet<RowListener>): RowListener[] {
  const some: RowListener[] = [];
  for (const listener of listeners) {
    if (some.length === MOST_IDS_A_QUERY) break;
    some.push(listener);
  }
  return some;
}
