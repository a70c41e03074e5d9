import type { Logger } from "../logger.ts";
import type { NodeRow } from "../wire/node-row.ts";

const MOST_IDS_A_QUERY = 150;
const MOST_QUERIES_AT_ONCE = 2;

export interface RowListener {
  readonly nodeId: string;
  /** When the row is to be asked next, in ms since 1970, if nothing else happens; Infinity for not at all. */
  nextAskAtMs(): number;
  /** The row as it is now; undefined where there is none that this user can see. */
  onRow(row: NodeRow | undefined): void;
  onRowError(error: unknown): void;
}

export interface RowWatchOptions {
  fetchRows(ids: readonly string[], signal: AbortSignal): Promise<NodeRow[]>;
  logger: Logger;
}

/**
 * Asks the rows of jobs that the stream leaves in doubt, for all such jobs together: at most 150 ids a query (for the
 * length of the URL) and two queries at a time.
 */
export class RowWatch {
  readonly #options: RowWatchOptions;
  readonly #listeners = new Map<string, RowListener>();
  readonly #urgent = new Set<string>();
  readonly #asked = new Set<string>();
  #queries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #controller = new AbortController();

  constructor(options: RowWatchOptions) {
    this.#options = options;
  }

  /** @returns what ends the watch */
  watch(listener: RowListener): () => void {
    const { nodeId } = listener;
    this.#listeners.set(nodeId, listener);
    this.#wakeAt(listener.nextAskAtMs());
    return () => {
      if (this.#listeners.get(nodeId) !== listener) return;
      this.#listeners.delete(nodeId);
      this.#urgent.delete(nodeId);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  /** Asks soon, whatever the listener's own time says. Calls of the same moment share one query. */
  ask(nodeId: string): void {
    if (!this.#listeners.has(nodeId)) return;
    this.#urgent.add(nodeId);
    this.#wakeAt(Date.now());
  }

  close(): void {
    this.#listeners.clear();
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    this.#controller.abort(new DOMException("Nobody waits for these rows any more.", "AbortError"));
    this.#controller = new AbortController();
  }

  #wakeAt(atMs: number): void {
    if (atMs >= this.#timerAtMs) return;
    clearTimeout(this.#timer);
    this.#timerAtMs = atMs;
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, atMs - Date.now()));
  }

  #tick(): void {
    clearTimeout(this.#timer);
    this.#timerAtMs = Number.POSITIVE_INFINITY;
    const nowMs = Date.now();
    const due: string[] = [];
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [nodeId, listener] of this.#listeners) {
      if (this.#asked.has(nodeId)) continue;
      const atMs = this.#urgent.has(nodeId) ? nowMs : listener.nextAskAtMs();
      if (atMs <= nowMs) due.push(nodeId);
      else if (atMs < nextMs) nextMs = atMs;
    }
    while (due.length > 0 && this.#queries < MOST_QUERIES_AT_ONCE) this.#query(due.splice(0, MOST_IDS_A_QUERY));
    // What is left over is taken up when a query comes back.
    if (nextMs !== Number.POSITIVE_INFINITY) this.#wakeAt(nextMs);
  }

  #query(ids: string[]): void {
    this.#queries++;
    for (const id of ids) {
      this.#asked.add(id);
      this.#urgent.delete(id);
    }
    const { signal } = this.#controller;
    this.#options
      .fetchRows(ids, signal)
      .then(
        (rows) => {
          const byId = new Map(rows.map((row) => [row.id, row]));
          this.#finish(ids, (listener) => listener.onRow(byId.get(listener.nodeId)));
        },
        (error: unknown) => {
          if (!signal.aborted)
            this.#options.logger.info("rows: query failed", { ids: ids.length, error: String(error) });
          this.#finish(ids, (listener) => {
            if (!signal.aborted) listener.onRowError(error);
          });
        },
      )
      .finally(() => {
        this.#queries--;
        if (this.#listeners.size > 0) this.#tick();
      });
  }

  #finish(ids: readonly string[], tell: (listener: RowListener) => void): void {
    for (const id of ids) this.#asked.delete(id);
    for (const id of ids) {
      const listener = this.#listeners.get(id);
      if (listener !== undefined) tell(listener);
    }
  }
}
