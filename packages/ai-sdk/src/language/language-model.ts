import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from "@ai-sdk/provider";
import type { Connected, Connection } from "../connection.ts";
import { asAiCall } from "../errors.ts";
import { developerGenerate, developerStream } from "./developer-text.ts";
import { webGenerate, webStream } from "./web-text.ts";

/** A model for text: a job of the web app, or a chat of the developer API. */
export class FlowithLanguageModel implements LanguageModelV4 {
  readonly specificationVersion = "v4";
  readonly provider = "flowith.chat";
  readonly modelId: string;
  /** Pictures are given to the service by their addresses. */
  readonly supportedUrls: Record<string, RegExp[]> = { "image/*": [/^https?:\/\//] };
  readonly #connection: Connection;

  constructor(modelId: string, connection: Connection) {
    this.modelId = modelId;
    this.#connection = connection;
  }

  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const connected = await this.#connect("generate");
    if (connected.developer !== undefined) return developerGenerate(connected.developer, this.modelId, options);
    return webGenerate({ ...connected, ...this.#model() }, options);
  }

  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const connected = await this.#connect("generateStream");
    if (connected.developer !== undefined) return developerStream(connected.developer, this.modelId, options);
    return webStream({ ...connected, ...this.#model() }, options);
  }

  #connect(call: string): Promise<Connected> {
    return asAiCall(call, async () => this.#connection.get());
  }

  #model(): { modelId: string; toolBridge: boolean } {
    return { modelId: this.modelId, toolBridge: this.#connection.toolBridge };
  }
}
