import {
  AuthenticationError,
  type BackendContext,
  ConnectionError,
  type FetchLike,
  type PortCall,
  ResponseShapeError,
} from "@flowith-webapi/core";
import { randomUuid } from "@flowith-webapi/core/http";
import type { AuthClient, AuthError } from "@supabase/auth-js";
import { serviceUrl } from "./service-url.ts";
import { verifierStorage } from "./verifier-storage.ts";

interface AuthAnswer {
  data: unknown;
  error: AuthError | null;
}

/**
 * One call to supabase-js's auth client, with a client of its own: that is how it has the call's fetch, and how the
 * error that we threw there is found again, of which the client keeps the message only.
 */
export async function callAuth<Answer extends AuthAnswer>(
  context: BackendContext,
  call: PortCall,
  work: (client: InstanceType<typeof AuthClient>) => Promise<Answer>,
): Promise<Answer["data"]> {
  const { AuthClient } = await loadAuthJs();
  const failures: unknown[] = [];
  const fetch: FetchLike = async (input, init) => {
    try {
      return await call.fetch(input, init);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  // Two clients under one key in a page would warn, and tell each other of the session on a broadcast channel.
  const storageKey = `flowith-${randomUuid()}`;
  const client = new AuthClient({
    url: serviceUrl(context, "auth"),
    headers: { apikey: context.supabaseKey },
    fetch,
    storageKey,
    storage: verifierStorage(context.verifierStore, storageKey),
    // Without it the storage is not looked at, and the verifier dies with the page.
    persistSession: true,
    flowType: "pkce",
    autoRefreshToken: false,
    detectSessionInUrl: false,
    skipAutoInitialize: true,
  });
  try {
    const { data, error } = await work(client);
    if (failures.length > 0) throw failures[0];
    if (error !== null) throw refusal(error);
    return data;
  } catch (error) {
    // The client stumbles over an answer such as `null`; a connection that is lost stands among the failures.
    if (!(error instanceof TypeError) || failures.includes(error)) throw error;
    throw new ResponseShapeError("The auth server answered in a shape that is not known.", {
      issues: ["answer: not what supabase-js expects"],
      raw: undefined,
      cause: error,
    });
  } finally {
    await client.dispose();
  }
}

/**
 * The part that signs in, which most programs never need. The promise is not kept: Workers share none between requests,
 * and a chunk that could not be loaded may be there the next time.
 */
async function loadAuthJs(): Promise<typeof import("@supabase/auth-js")> {
  try {
    return await import("@supabase/auth-js");
  } catch (cause) {
    throw new ConnectionError(
      "The part of this package that signs in (@supabase/auth-js) could not be loaded, and nothing was sent. Check the network; a page whose files were deployed anew meanwhile has to be reloaded.",
      { cause, isUnsent: true },
    );
  }
}

/** What the client found wrong by itself, before or after its request. */
function refusal(error: AuthError): AuthenticationError {
  return new AuthenticationError(
    error.code === "pkce_code_verifier_not_found"
      ? "There is no code verifier for this sign-in: it was begun with another verifierStore, or has ended already. Start it again with signInWithOAuth."
      : "The auth server answered without a session. Sign in again.",
    { cause: error },
  );
}
