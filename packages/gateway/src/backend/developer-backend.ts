import { Flowith, type FlowithOptions, type ModelInfo, type RequestBudget } from "flowith-webapi";
import { FlowithDeveloper } from "flowith-webapi/developer";
import { AtWork } from "./at-work.ts";
import type { BackendBase } from "./backend.ts";
import type { Chat, ChatRequest } from "./chat.ts";
import { developerChat } from "./developer-chat.ts";
import { DeveloperClips } from "./developer-clips.ts";
import { developerPictures } from "./developer-pictures.ts";
import { KnownAccount } from "./known-account.ts";
import type { PictureRequest, Pictures } from "./pictures.ts";

/** An account by a key of the developer API: tools and usage. */
export class DeveloperBackend implements BackendBase {
  readonly kind = "developer";
  readonly reportsUsage = true;
  readonly developer: FlowithDeveloper;
  readonly clips: DeveloperClips;
  /** The catalogue is the web app's, and open to all. */
  readonly #catalogue: Flowith;
  readonly #work = new AtWork();
  readonly #account = new KnownAccount();

  constructor(apiKey: string, options: FlowithOptions) {
    const { edgeUrl, fetch, headers, logger, logLevel, maxRequests, maxRetries, middleware, timeout } = options;
    const shared = { edgeUrl, fetch, headers, logger, logLevel, maxRequests, maxRetries, middleware, timeout };
    this.developer = new FlowithDeveloper({ ...shared, apiKey });
    this.clips = new DeveloperClips(this.developer);
    this.#catalogue = new Flowith(options);
  }

  get isBusy(): boolean {
    return this.#work.isBusy || this.#catalogue.isBusy;
  }

  shareRequests(budget: RequestBudget): void {
    this.#catalogue.shareRequests(budget);
  }

  close(): void {
    this.developer.close();
    this.#catalogue.close();
  }

  async models(signal: AbortSignal): Promise<ModelInfo[]> {
    const known = this.#account.check(() => this.developer.imageModels({ signal }));
    const [models] = await Promise.all([this.#catalogue.models.list({ signal, logo: false }), known]);
    return models;
  }

  pictures(request: PictureRequest, signal: AbortSignal): Promise<Pictures> {
    return this.#work.while(() => developerPictures(this.developer, request, signal));
  }

  chat(request: ChatRequest, signal: AbortSignal): Chat {
    return { ignored: [], events: this.#work.during(developerChat(this.developer, request, signal)) };
  }
}
