import { type Counterparts, method } from "../counterpart.ts";

const HOSTS = "defaults.test.ts › the hosts and the key are those of the Python client";
const OWNER = "defaults.test.ts › the user is the token's, else the one that the options name";
const LIMIT = "faults: a silent job ends at its limit, with what had come";

/** The client itself, its session and its connections. */
export const clientCounterparts: Counterparts = {
  ...method(
    "FlowithClient",
    "Flowith",
    {
      token: {
        here: "FlowithClientOptions.token",
        proof: "defaults.test.ts › the token goes bare to the edge, and as a bearer to the rows",
      },
      user_id: { here: "FlowithClientOptions.userId", proof: OWNER },
      refresh_token: { here: "FlowithClientOptions.refreshToken", proof: "auth: a refresh token alone is enough" },
      proxy: {
        here: "FlowithClientOptions.fetch",
        proof: "proxy.test.ts › takes everything through a proxy by",
        note: "No option of its own: a proxy is a `fetch` that uses one, which each runtime has.",
      },
      timeout: {
        here: "CallOptions.timeout",
        proof: "faults: a read keeps the caller's limit, headers and retries",
        note: "Per call and in ms; 30 s for plain requests by default, 10 s of them to connect.",
      },
      result_timeout: {
        here: "FlowithClientOptions.timeout",
        proof: LIMIT,
        note: "In ms, and one limit for each phase: `{ connectMs, firstEventMs, idleMs, totalMs }`.",
      },
    },
    { proof: HOSTS },
  ),
  "FlowithClient.__aexit__": {
    here: "flowith.[Symbol.asyncDispose]()",
    proof: "requests: close ends what is under way, and the client can be used again",
    note: "`await using flowith = new Flowith(…)`. Not needed for a script to end.",
  },
  ...method(
    "FlowithClient.close",
    "flowith.close()",
    {},
    {
      proof: "requests: close ends what is under way, and the client can be used again",
      note: "Not asynchronous. Jobs under way reject with an `AbortError`.",
    },
  ),
  ...method(
    "FlowithClient.get_refresh_token",
    "flowith.auth.session()",
    {},
    {
      proof: "auth: a refresh that is asked for rotates the refresh token",
      note: "The whole session: `(await flowith.auth.session())?.refreshToken`. A `store` is told of each new one.",
    },
  ),
  ...method(
    "FlowithClient.get_auth_user",
    "flowith.auth.user()",
    {},
    {
      note: "An `AuthUser`; the server's own object is its `raw`.",
    },
  ),
  ...method(
    "FlowithClient.refresh_access_token",
    "flowith.auth.refresh()",
    { refresh_token: "refreshToken" },
    {
      all: "auth: a spent refresh token gives its successor while that is the newest, as after a lost answer",
      note: "Rarely needed: every call refreshes when it is time. The answer is a `Session`.",
    },
  ),
  ...method(
    "FlowithClient.get_oauth_url",
    "flowith.auth.oauthUrl()",
    {
      provider: "OAuthOptions.provider",
      redirect_to: "OAuthOptions.redirectTo",
      access_type: "OAuthOptions.accessType",
      prompt: "OAuthOptions.prompt",
      include_granted_scopes: "OAuthOptions.includeGrantedScopes",
      scopes: "OAuthOptions.scopes",
    },
    {
      all: "sends › FlowithClient.get_oauth_url (all)",
      note: "The parameters stand where the auth server reads them. `null` for none is not taken: leave an option out for its default. `signInWithOAuth` (PKCE) keeps tokens out of addresses.",
    },
  ),
  ...method(
    "FlowithClient.logout",
    "flowith.auth.logout()",
    { scope: "LogoutOptions.scope" },
    { note: "The scope goes into the query, where the auth server reads it. Forgets the session here, too." },
  ),
  ...method(
    "FlowithClient.stream_user_stream",
    "flowith.events.stream()",
    { timeout: "TimeoutOptions.totalMs" },
    {
      note: "Shares the connection of this client's jobs, and connects anew when it breaks. An event's own object is its `raw`.",
    },
  ),
  ...method(
    "FlowithClient.stream_user_sse",
    "flowith.events.heartbeats()",
    { timeout: "TimeoutOptions.totalMs" },
    { note: "Connects anew when it breaks." },
  ),
  set_log_level: {
    here: "flowith.setLogLevel()",
    proof: "requests: the log is silent by default, and tells at its level of requests, connections and jobs",
    note: "Of a client, not of the process; `logger` in the options says where lines go.",
  },
  "set_log_level(level)": {
    here: "flowith.setLogLevel(level)",
    proof: "requests: the log is silent by default, and tells at its level of requests, connections and jobs",
    note: "In lower case, and `silent` besides.",
  },
  EDGE_URL: {
    here: "FlowithClientOptions.edgeUrl",
    proof: HOSTS,
    note: "An option with this default, not a constant.",
  },
  SUPABASE_URL: {
    here: "FlowithClientOptions.supabaseUrl",
    proof: HOSTS,
    note: "An option with this default, not a constant.",
  },
  SUPABASE_ANON_KEY: {
    here: "FlowithClientOptions.supabaseKey",
    proof: HOSTS,
    note: "An option with this default, not a constant.",
  },
  NODE_TYPE_USER: {
    here: "FlowNode.type",
    proof: "gives › FlowithClient.get_flow_nodes",
    note: 'No constant: compare with `"1"`.',
  },
  NODE_TYPE_AI: {
    here: "FlowNode.type",
    proof: "gives › FlowithClient.get_flow_nodes",
    note: 'No constant: compare with `"2"`.',
  },
};
