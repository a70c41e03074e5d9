import { InvalidArgumentError, type SharedV4ProviderOptions } from "@ai-sdk/provider";
import type { TimeoutOptions } from "flowith-webapi";
import type { Json, JsonFields } from "./json.ts";

// Aliases, since an interface fits no `Record<string, JSONValue>`, as `providerOptions` is one.

/** `providerOptions.flowith` of every call. */
export type FlowithCallOptions = {
  timeout?: Pick<TimeoutOptions, keyof TimeoutOptions> | undefined;
  /** Fields that go into the body of the post as they are. */
  extraBody?: JsonFields | undefined;
};

/** Of a call by the web app's sign-in, which makes a job. */
export type FlowithJobOptions = FlowithCallOptions & {
  /** The conversation to add to. Default: a new one. */
  convId?: string | undefined;
  /** The node to hang this one under, such as the `nodeId` of an earlier answer's `providerMetadata.flowith`. */
  parentId?: string | undefined;
  label?: string | undefined;
  metadata?: Json | undefined;
};

/** `providerOptions.flowith` of a text. */
export type FlowithLanguageOptions = FlowithJobOptions & {
  /** Web app: one request that leaves no trace on the canvas. */
  direct?: boolean | undefined;
  /** Web app: `message` sends the system text as a message of its own. */
  systemMode?: "fold" | "message" | undefined;
  /** Web app: lets the model call tools by what it writes. Default: that of the provider. */
  toolBridge?: boolean | undefined;
  /** API key: searches the web first. */
  webSearch?: boolean | undefined;
  /** API key: tokens that the model may spend on thinking. */
  thinkingBudgetTokens?: number | undefined;
};

/** `providerOptions.flowith` of a picture. */
export type FlowithImageOptions = FlowithJobOptions & {
  /** Web app: a size as the catalogue of models names it, such as `2K`; goes before `size`. */
  imageSize?: string | undefined;
  /** Web app: false sends the prompt to the model as it is. */
  agent?: boolean | undefined;
};

/** `providerOptions.flowith` of a clip. */
export type FlowithVideoOptions = FlowithJobOptions & {
  /** Web app: `480p`, `720p`, …; goes before `resolution`. */
  resolution?: string | undefined;
  /** Web app: a clip that begins and ends alike. */
  loop?: boolean | undefined;
};

/** `providerOptions.flowith` of a file to upload. */
export type FlowithFileOptions = Pick<FlowithCallOptions, "timeout">;

const JOB = ["timeout", "extraBody", "convId", "parentId", "label", "metadata"] as const;
const NAMES = {
  language: [...JOB, "direct", "systemMode", "toolBridge", "webSearch", "thinkingBudgetTokens"],
  image: [...JOB, "imageSize", "agent"],
  video: [...JOB, "resolution", "loop"],
  file: ["timeout"],
} as const;

interface OptionsOf {
  language: FlowithLanguageOptions;
  image: FlowithImageOptions;
  video: FlowithVideoOptions;
  file: FlowithFileOptions;
}

/**
 * What a call has under `providerOptions.flowith`. Values are checked by the client that gets them.
 * @throws InvalidArgumentError for a name that means nothing, which would be a setting that silently is not there
 */
export function flowithOptions<Kind extends keyof OptionsOf>(
  kind: Kind,
  providerOptions: SharedV4ProviderOptions | undefined,
): OptionsOf[Kind] {
  const options = { ...providerOptions?.flowith };
  const names: readonly string[] = NAMES[kind];
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError({
      argument: `providerOptions.flowith.${unknown}`,
      message: `providerOptions.flowith has no ${unknown} for this call. It takes: ${names.join(", ")}.`,
    });
  }
  return options;
}

/**
 * Headers as the client takes them: those without a value are left out, and so is the `user-agent` that the AI SDK adds, for
 * which a browser would have to ask the service first.
 */
export function definedHeaders(headers: Record<string, string | undefined> | undefined): Record<string, string> {
  const defined = Object.entries(headers ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined.filter(([name]) => name.toLowerCase() !== "user-agent"));
}
