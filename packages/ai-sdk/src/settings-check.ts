import { InvalidArgumentError } from "@ai-sdk/provider";

/** What a provider has besides the options of its client. */
export const OWN_SETTINGS: readonly string[] = ["client", "apiKey", "toolBridge", "specificationVersion"];

/** What says who it is that asks, in the web app's options. */
export const SESSION_OPTIONS = ["token", "refreshToken", "store"] as const;

/**
 * Checks what no client checks: what is a provider's own, and what goes together.
 * @throws InvalidArgumentError of the AI SDK
 */
export function checkSettings(settings: unknown): void {
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw refused(
      "settings",
      `the settings must be an object, not ${kindOf(settings)}. Pass none for those of the environment.`,
    );
  }
  const { client, apiKey, toolBridge, specificationVersion, ...others }: Record<string, unknown> = { ...settings };
  if (toolBridge !== undefined && typeof toolBridge !== "boolean") {
    throw refused("toolBridge", `toolBridge must be true or false, not ${kindOf(toolBridge)}.`);
  }
  if (![undefined, "v3", "v4"].some((version) => version === specificationVersion)) {
    throw refused(
      "specificationVersion",
      'specificationVersion must be "v4" for ai 7, which is the default, or "v3" for ai 6.',
    );
  }
  if (client !== undefined) checkClient(client, { apiKey, ...others });
  const session = SESSION_OPTIONS.find((name) => others[name] !== undefined);
  if (apiKey !== undefined && session !== undefined) {
    throw refused(
      session,
      `apiKey and ${session} exclude each other: a provider asks by a key, or by the web app's session. Make two for both.`,
    );
  }
}

function checkClient(client: unknown, options: Record<string, unknown>): void {
  const isClient =
    typeof client === "object" && client !== null && ("generateStream" in client || "chatStream" in client);
  if (!isClient) {
    throw refused("client", `client must be a Flowith or a FlowithDeveloper of flowith-webapi, not ${kindOf(client)}.`);
  }
  const other = Object.entries(options).find(([, value]) => value !== undefined)?.[0];
  if (other !== undefined) {
    throw refused(other, `${other} belongs to a client that is made here; give it to your own client.`);
  }
}

function refused(argument: string, message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message: `createFlowith: ${message}` });
}

/** In words, without the value, which may be a secret. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}
