import { StoredFiles } from "@flowith-webapi/chat-bridge";
import { Flowith, type FlowithOptions, InvalidArgumentError, type ModelInfo, type RequestBudget } from "flowith-webapi";
import { AtWork } from "./at-work.ts";
import type { BackendBase } from "./backend.ts";
import type { Chat, ChatRequest, ChatSetting } from "./chat.ts";
import type { PictureRequest, Pictures } from "./pictures.ts";
import { stopAt } from "./stop-sequences.ts";
import { webChat } from "./web-chat.ts";
import { WebClips } from "./web-clips.ts";
import { webPictures } from "./web-pictures.ts";

const NOT_HERE: readonly ChatSetting[] = ["maxTokens", "temperature", "topP", "thinking", "thinkingBudgetTokens"];

/** An account by the web app's sign-in: no usage, and tools only by the bridge. */
export class WebBackend implements BackendBase {
  readonly kind = "web";
  readonly reportsUsage = false;
  readonly client: Flowith;
  readonly files: StoredFiles;
  readonly clips: WebClips;
  readonly #options: { toolBridge: boolean; direct: boolean };
  readonly #work = new AtWork();

  constructor(options: FlowithOptions, settings: { toolBridge: boolean; direct: boolean }) {
    this.client = new Flowith(options);
    this.files = new StoredFiles(this.client);
    this.clips = new WebClips(this.client, this.files);
    this.#options = settings;
  }

  get isBusy(): boolean {
    return this.#work.isBusy || this.client.isBusy;
  }

  shareRequests(budget: RequestBudget): void {
    this.client.shareRequests(budget);
  }

  close(): void {
    this.client.close();
  }

  models(signal: AbortSignal): Promise<ModelInfo[]> {
    return this.client.models.list({ signal, logo: false });
  }

  pictures(request: PictureRequest, signal: AbortSignal): Promise<Pictures> {
    return this.#work.while(() => webPictures(this.client, this.files.during(signal), request, signal));
  }

  chat(request: ChatRequest, signal: AbortSignal): Chat {
    const { toolBridge, direct } = this.#options;
    const { tools = [], toolChoice, stop = [], model } = request;
    const isBridged = toolBridge && tools.length > 0 && toolChoice !== "none";
    const mustCall = toolChoice === "required" || typeof toolChoice === "object";
    if (mustCall && tools.length > 0 && !toolBridge) {
      const message = "A tool has to be called, which models cannot by the web app's sign-in.";
      throw new InvalidArgumentError(`${message} Use an API key, or a gateway with the tool bridge.`);
    }
    const missing: readonly ChatSetting[] = toolBridge ? NOT_HERE : [...NOT_HERE, "tools", "toolChoice"];
    const { client, files } = this;
    const asked = isBridged ? request : { ...request, tools: undefined };
    const events = webChat({ client, store: files.during(signal), direct }, asked, signal);
    return {
      ignored: missing.filter((name) => request[name] !== undefined),
      events: this.#work.during(
        stop.length === 0 ? events : stopAt(events, { sequences: stop, model, waitsForEnd: false }),
      ),
    };
  }
}
