import { StoredFiles } from "@flowith-webapi/chat-bridge";
import { Flowith, type FlowithClient } from "flowith-webapi";
import { type DeveloperClient, FlowithDeveloper } from "flowith-webapi/developer";
import { toAiError } from "./errors.ts";
import type { FlowithProviderSettings } from "./settings.ts";
import { SESSION_OPTIONS } from "./settings-check.ts";

/** The client that a provider's models share: of the web app, or of the developer API. */
export type Connected =
  | { client: FlowithClient; files: StoredFiles; developer?: undefined }
  | { developer: DeveloperClient; client?: undefined };

const SESSION_VARIABLES = ["FLOWITH_TOKEN", "FLOWITH_REFRESH_TOKEN", "FLOWITH_SESSION_FILE"] as const;

declare const process: { env: Record<string, string | undefined> } | undefined;

/** Makes the client when it is first asked for: a provider at the top of a module must not need the environment yet. */
export class Connection {
  readonly toolBridge: boolean;
  readonly #settings: FlowithProviderSettings;
  #connected: Connected | undefined;

  constructor({ toolBridge = false, ...settings }: FlowithProviderSettings) {
    this.#settings = settings;
    this.toolBridge = toolBridge;
  }

  /** @throws InvalidArgumentError of the AI SDK for wrong options, or where there is no environment to read */
  get(): Connected {
    try {
      this.#connected ??= connect(this.#settings);
      return this.#connected;
    } catch (error) {
      throw toAiError(error, "createFlowith");
    }
  }

  /** Ends what the client made here has under way; a client that was given stays open. */
  close(): void {
    if (this.#settings.client !== undefined) return;
    this.#connected?.client?.close();
    this.#connected?.developer?.close();
  }
}

function connect({ client, apiKey, ...options }: FlowithProviderSettings): Connected {
  if (client !== undefined) return "chatStream" in client ? { developer: client } : web(client);
  if (apiKey !== undefined) return { developer: new FlowithDeveloper({ apiKey, ...options }) };
  if (SESSION_OPTIONS.some((name) => options[name] !== undefined)) return web(new Flowith(options));
  const hasSession = SESSION_VARIABLES.some((name) => variable(name) !== undefined);
  if (!hasSession && variable("FLOWITH_API_KEY") !== undefined) return { developer: FlowithDeveloper.fromEnv(options) };
  return web(Flowith.fromEnv(options));
}

function web(client: FlowithClient): Connected {
  return { client, files: new StoredFiles(client) };
}

/** A variable that is set and not blank; where reading it is not allowed, none. */
function variable(name: string): string | undefined {
  try {
    return typeof process === "undefined" ? undefined : process.env[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
