import { StoredFiles } from "@flowith-webapi/chat-bridge";
import { Flowith, type FlowithOptions, type ModelInfo, type RequestBudget } from "flowith-webapi";
import { GatewayError } from "../errors.ts";
import { AtWork } from "./at-work.ts";
import type { BackendBase } from "./backend.ts";
import type { Chat, ChatRequest, ChatSetting } from "./chat.ts";
import { KnownAccount } from "./known-account.ts";
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
  readonly #account = new KnownAccount();

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

  async models(signal: AbortSignal): Promise<ModelInfo[]> {
    const known = this.#account.check(() => this.client.account.creditType({ signal }));
    const [models] = await Promise.all([this.client.models.list({ signal, logo: false }), known]);
    return models;
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
      const why = "A tool has to be called, which models cannot by the token of the web app.";
      const message = `tool_choice: ${why} Use a key of the developer API, or a gateway with the tool bridge.`;
      throw new GatewayError({ status: 400, code: "unsupported_sign_in", message, param: "tool_choice" });
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
