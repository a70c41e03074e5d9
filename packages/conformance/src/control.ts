/** A user of the emulator's, as `POST /__emulator/users` makes it. */
export interface TestUser {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
  apiKey: string;
}

/** A request that the emulator received; tokens are redacted. */
export interface JournalEntry {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string | null;
  status: number | null;
  /** Whether the connection went before the answer was out. */
  isCutShort: boolean;
}

/** The emulator's controls over HTTP, which work from a page or a Worker as well. */
export interface Control {
  addresses(): Promise<{ edgeUrl: string; supabaseUrl: string; supabaseKey: string }>;
  newUser(wishes?: { expiresInSeconds?: number; password?: string }): Promise<TestUser>;
  /** Arms a fault, for one user only. @returns what removes it */
  fault(user: TestUser, fault: { type: string; [field: string]: unknown }): Promise<() => Promise<void>>;
  /** What the model answers to prompts that hold `match`, for one user only. */
  script(user: TestUser, reply: { match: string; [field: string]: unknown }): Promise<void>;
  /** A knowledge base of one user. @returns its id */
  knowledgeBase(user: TestUser, documents: readonly { title: string; text: string }[]): Promise<string>;
  journal(user: TestUser, route?: string): Promise<JournalEntry[]>;
}

/**
 * On an origin of its own, and so on connections of its own: an upload that is refused or broken off closes one, and who
 * asks on it at that moment fails with it.
 */
export function httpControl(serviceUrl: string): Control {
  const emulatorUrl = serviceUrl.replace("//127.0.0.1:", "//localhost:");
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${emulatorUrl}/__emulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (!response.ok)
      throw new Error(`${method} /__emulator${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    addresses: () => call("GET", ""),
    newUser: (wishes = {}) => call("POST", "/users", wishes),
    fault: async (user, fault) => {
      const { id } = await call<{ id: string }>("POST", "/faults", { user: user.id, ...fault });
      return async () => void (await fetch(`${emulatorUrl}/__emulator/faults/${id}`, { method: "DELETE" }));
    },
    script: async (user, reply) => void (await call("POST", "/script", { user: user.id, ...reply })),
    knowledgeBase: async ({ id: userId }, documents) =>
      (await call<{ id: string }>("POST", "/knowledge-bases", { userId, documents })).id,
    journal: (user, route) =>
      call("GET", `/journal?${new URLSearchParams({ user: user.id, ...(route ? { route } : {}) })}`),
  };
}
