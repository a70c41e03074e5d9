import type { ProviderV3, ProviderV4 } from "@ai-sdk/provider";
import type { Control, TestUser } from "../../../conformance/src/control.ts";
import type { FlowithProviderSettings } from "../../src/index.ts";

/** What scenarios use of a provider, of either face. */
export interface AnyProvider {
  (modelId: string): object;
  languageModel(modelId: string): object;
  imageModel(modelId: string): object;
  videoModel(modelId: string): object;
  files?(): object;
  close(): void;
}

/** A result whose fields the scenario looks at. */
export interface Settled {
  // biome-ignore lint/suspicious/noExplicitAny: the two versions of `ai` have types of their own for the same fields
  readonly [field: string]: any;
}

/** What scenarios call of the package `ai`, in the forms that 6 and 7 have in common. */
export interface Ai {
  generateText(options: object): PromiseLike<Settled>;
  streamText(options: object): Settled;
  generateImage(options: object): PromiseLike<Settled>;
  experimental_generateVideo(options: object): PromiseLike<Settled>;
  experimental_startVideo?(options: object): PromiseLike<Settled>;
  experimental_getVideoStatus?(model: string | object, options: object): PromiseLike<Settled>;
  uploadFile?(options: object): PromiseLike<Settled>;
  Output: { object(options: object): object };
  tool(options: object): object;
  jsonSchema(schema: object): object;
  stepCountIs(count: number): unknown;
  createProviderRegistry(providers: Record<string, ProviderV3 | ProviderV4>): {
    languageModel(id: string): object;
    imageModel(id: string): object;
    videoModel?(id: string): object;
  };
  wrapLanguageModel(options: object): object;
  extractReasoningMiddleware(options: { tagName: string }): unknown;
  /** Its settings are one type for each set of tools, so that no type stands for all. */
  ToolLoopAgent: new (
    options: never,
  ) => { generate(options: object): PromiseLike<Settled> };
}

export interface World {
  control: Control;
  user: TestUser;
  ai: Ai;
  /** By the web app's session of `user`. */
  flowith: AnyProvider;
  /** By the API key of `user`. */
  byKey: AnyProvider;
  /** One of the same face with other settings, which is closed at the end. */
  provider(settings: FlowithProviderSettings): AnyProvider;
  /** Options of a client of `user`. */
  session: { token: string; refreshToken: string; edgeUrl: string; supabaseUrl: string; supabaseKey: string };
  /** The body of the last request to a route. */
  lastBody(route: string): Promise<Settled>;
}

export interface Scenario {
  name: string;
  /** Of ai 7 with the face for it; the others have no such thing. */
  only7?: boolean;
  run(world: World): Promise<void>;
}

/** What a call is rejected with. @throws when it is not */
export async function rejection(call: PromiseLike<unknown>): Promise<Settled> {
  try {
    await call;
  } catch (error) {
    return Object(error);
  }
  throw new Error("It was not rejected.");
}
