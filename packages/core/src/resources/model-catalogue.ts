import type { EdgeClient } from "../http/edge-client.ts";
import type { Logger } from "../options/logger.ts";
import type { CallOptions } from "../options/options.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { now } from "../timing/now.ts";
import { withSignal } from "../timing/with-signal.ts";
import { type ModelInfo, parseModels } from "./model-info.ts";

const FRESH_MS = 3_600_000;
/** How long a catalogue that could not be had is not asked for again: no job is to wait for it over and over. */
const PAUSE_MS = 60_000;
/** A job waits no longer than this for what is only a check. */
const LIMIT_MS = 5_000;

/** The models that the service has, kept for an hour. */
export class ModelCatalogue {
  readonly #edge: EdgeClient;
  readonly #logger: Logger;
  readonly #sharesWork: boolean;
  #models: ReadonlyMap<string, ModelInfo> | undefined;
  #staleAtMs = 0;
  #pauseUntilMs = 0;
  #loading: Promise<ReadonlyMap<string, ModelInfo>> | undefined;

  /** @param sharesWork false in Workers, where a request must not wait for what another one has begun */
  constructor(edge: EdgeClient, logger: Logger, sharesWork: boolean) {
    this.#edge = edge;
    this.#logger = logger;
    this.#sharesWork = sharesWork;
  }

  /** Asks the service, and keeps the answer. Works without a token. @throws what a plain request throws */
  async fetch(options: CallOptions, wants: { logo: boolean; description: boolean }): Promise<ModelInfo[]> {
    const query = { logo: wants.logo ? "1" : "0", desc: wants.description ? "1" : "0" };
    const call = { ...options, query, isTokenOptional: true };
    const models = parseModels(await this.#edge.json("GET", "/models", call));
    this.#models = new Map(models.map((model) => [model.modelId, model]));
    this.#staleAtMs = now() + FRESH_MS;
    return models;
  }

  /** The catalogue as it is kept, at most an hour old. @throws what a plain request throws */
  async models(options: CallOptions): Promise<ReadonlyMap<string, ModelInfo>> {
    if (this.#models !== undefined && now() < this.#staleAtMs) return this.#models;
    const models = await this.fetch(options, { logo: false, description: false });
    return new Map(models.map((model) => [model.modelId, model]));
  }

  /**
   * A model for a check before a job. Undefined where the catalogue does not know it or cannot be had, which is no
   * reason to stop the job; throws the signal's reason only.
   */
  async find(modelId: string, signal: AbortSignal | undefined): Promise<ModelInfo | undefined> {
    if (now() < this.#pauseUntilMs) return this.#models?.get(modelId);
    try {
      return (await this.#shared(signal)).get(modelId);
    } catch (error) {
      throwIfAborted(signal);
      this.#pauseUntilMs = now() + PAUSE_MS;
      this.#logger.warn("models: the catalogue could not be had", { error: String(error) });
      return this.#models?.get(modelId);
    }
  }

  /** Many jobs that begin at once ask for it once. */
  #shared(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, ModelInfo>> {
    const limits = { timeout: { totalMs: LIMIT_MS }, maxRetries: 0 };
    if (!this.#sharesWork) return this.models({ ...limits, signal });
    this.#loading ??= this.models(limits).finally(() => {
      this.#loading = undefined;
    });
    return withSignal(this.#loading, signal);
  }
}
