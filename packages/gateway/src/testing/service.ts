import Anthropic, { type ClientOptions as AnthropicOptions } from "@anthropic-ai/sdk";
import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import OpenAI, { type ClientOptions } from "openai";
import { afterAll, beforeAll } from "vitest";
import { createGateway, type Gateway } from "../create-gateway.ts";
import type { GatewayOptions } from "../gateway-options.ts";

/** What the tests of a file share: one emulator, and gateways to it. Each test makes a user of its own. */
export interface Service {
  readonly emulator: Emulator;
  /** A gateway in process, which ends with the file. */
  gateway(options?: GatewayOptions): Gateway;
  /** The unpatched client in process, with an API key and no repetition of its own. */
  openai(apiKey: string, options?: GatewayOptions & { client?: ClientOptions }): OpenAI;
  /** Anthropic's, likewise. */
  anthropic(apiKey: string, options?: GatewayOptions & { client?: AnthropicOptions }): Anthropic;
  user(options?: { credits?: number }): Promise<EmulatorUser>;
}

export function useService(): Service {
  let emulator: Emulator | undefined;
  const gateways: Gateway[] = [];
  beforeAll(async () => {
    emulator = await startEmulator({ firstEventMs: 5, fragmentMs: 1 });
  });
  afterAll(async () => {
    for (const gateway of gateways) gateway.close();
    await emulator?.close();
  });
  const running = (): Emulator => {
    if (emulator === undefined) throw new Error("The emulator runs within tests alone.");
    return emulator;
  };
  const gateway = (options: GatewayOptions = {}): Gateway => {
    const { edgeUrl, supabaseUrl, supabaseKey } = running();
    // The emulator's database starts with the first request, which takes long on a busy machine.
    const flowith = { edgeUrl, supabaseUrl, supabaseKey, timeout: { connectMs: 60_000 }, ...options.flowith };
    const made = createGateway({ ...options, flowith });
    gateways.push(made);
    return made;
  };
  return {
    get emulator() {
      return running();
    },
    gateway,
    openai: (apiKey, { client, ...options } = {}) => {
      const { fetch } = gateway(options);
      return new OpenAI({ baseURL: "http://gateway.test/v1", apiKey, fetch, maxRetries: 0, ...client });
    },
    anthropic: (apiKey, { client, ...options } = {}) => {
      const { fetch } = gateway(options);
      return new Anthropic({ baseURL: "http://gateway.test", apiKey, fetch, maxRetries: 0, ...client });
    },
    user: (options = {}) => running().createUser(options),
  };
}
