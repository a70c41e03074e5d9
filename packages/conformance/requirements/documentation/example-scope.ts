import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { FlowithDeveloper } from "../../../sdk/src/developer/node.ts";
import type { WebStorage } from "../../../sdk/src/fetch.ts";
import { Flowith, type JobHandle, type JobStore } from "../../../sdk/src/node.ts";
import { memoryKeyValueStore } from "../../src/memory-store.ts";
import { consent } from "../../src/oauth-consent.ts";
import type { Scope, ScopeThis } from "./prelude.ts";

const PASSWORD = "correct horse battery staple";

/** An emulator for one example after the other. */
export function startExampleEmulator(): Promise<Emulator> {
  return startEmulator({ firstEventMs: 20, fragmentMs: 2, imageMs: 20, videoMs: 20, heartbeatMs: 200 });
}

/** `fetch`, with the web app's hosts answered by the emulator. */
export function rerouted(emulator: Emulator, plainFetch: typeof fetch): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    if (!/(^|\.)(flowith\.io|supabase\.co)$/.test(host)) return plainFetch(request);
    return emulator.fetch(new Request(`${emulator.url}${pathname}${search}`, request));
  };
}

export interface ExampleScope extends AsyncDisposable {
  scope: Scope;
  self: ScopeThis;
}

/**
 * The names that an example may use, with a user of its own.
 * @param code the example; what takes requests to be made is made only for those that name it
 */
export async function exampleScope(emulator: Emulator, code: string): Promise<ExampleScope> {
  // A password costs its hash, as it does at the real service.
  const user = await emulator.createUser(/\bpassword\b/.test(code) ? { password: PASSWORD } : {});
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const verifiers = memoryKeyValueStore();
  const addresses = { edgeUrl, supabaseUrl, supabaseKey, verifierStore: verifiers };
  const flowith = new Flowith({ token: user.token, refreshToken: user.refreshToken, ...addresses });
  const { convId, nodeId } = /\b(convId|nodeId)\b/.test(code)
    ? await flowith.generate("Name a city.")
    : { convId: "", nodeId: "" };
  const folder = await mkdtemp(join(tmpdir(), "flowith-example-"));
  await writeFile(join(folder, "session.json"), JSON.stringify(await flowith.auth.session()));
  const back = /\b(request|location)\b/.test(code)
    ? await comesBack(flowith, emulator, user.email)
    : `${emulator.url}/__emulator`;
  const kv = denoKv();
  const knowledgeBases = /\bknowledgeBases\b/.test(code)
    ? [(await emulator.createKnowledgeBase(ferry(user.id))).id]
    : [];
  const scope: Scope = {
    developer: new FlowithDeveloper({ apiKey: user.apiKey, edgeUrl }),
    apiKey: user.apiKey,
    knowledgeBases,
    flowith,
    emulator,
    token: user.token,
    refreshToken: user.refreshToken,
    email: user.email,
    password: PASSWORD,
    userId: user.id,
    convId,
    nodeId,
    sessionId: "6f1c1a52",
    visitorId: "visitor-1",
    signal: AbortSignal.timeout(500),
    request: new Request(back),
    location: { href: back, pathname: new URL(back).pathname, assign: () => undefined },
    history: { replaceState: () => undefined },
    url: supabaseUrl,
    key: supabaseKey,
    folder,
    redis: memoryKeyValueStore(),
    jobStore: jobStore(),
    kv,
    Deno: { openKv: async () => kv },
    localStorage: webStorage(),
    sessionStorage: webStorage(),
    context: { supabaseUrl, supabaseKey, verifierStore: memoryKeyValueStore(), logger: console },
    show: () => undefined,
    showSignIn: () => undefined,
  };
  return {
    scope,
    self: { ctx: { storage: durableStorage() } },
    async [Symbol.asyncDispose]() {
      flowith.close();
      await rm(folder, { recursive: true });
    },
  };
}

function ferry(userId: string): Parameters<Emulator["createKnowledgeBase"]>[0] {
  return { userId, documents: [{ title: "Ferry.md", text: "The ferry leaves at 7:30, on Sundays at 10:00." }] };
}

/** The address that a user comes back to from a sign-in that this client has begun. */
async function comesBack(flowith: Flowith, emulator: Emulator, email: string): Promise<string> {
  const { url } = await flowith.auth.signInWithOAuth({ redirectTo: `${emulator.url}/__emulator` });
  return consent(url, { code: email });
}

function jobStore(): JobStore {
  const handles = new Map<string, JobHandle>();
  return {
    put: async (handle) => void handles.set(handle.userNodeId, handle),
    delete: async (userNodeId) => void handles.delete(userNodeId),
    list: async () => [...handles.values()],
  };
}

function webStorage(): WebStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

function durableStorage(): ScopeThis["ctx"]["storage"] {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    put: async (key, value) => values.set(key, value),
    delete: async (key) => values.delete(key),
  };
}

function denoKv(): Scope["kv"] {
  const values = new Map<string, unknown>();
  return {
    get: async (key) => ({ value: values.get(key.join("/")) ?? null }),
    set: async (key, value) => values.set(key.join("/"), value),
    delete: async (key) => values.delete(key.join("/")),
  };
}
