import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Flowith } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { sendPage } from "./callback-page.ts";
import { isSame, Loopback } from "./loopback.ts";
import { showAddress, waitForPerson } from "./wait-for-person.ts";
import type { LoginFlags } from "./ways.ts";

const CLOSE_IT = "You can close this page, and go back to the terminal.";

/** A browser that has come back from the sign-in. */
interface Return {
  address: URL;
  response: ServerResponse;
}

/** Through a provider (PKCE): the browser comes back to a port of this machine with a code that is of use here alone. */
export async function signInByBrowser(context: Context, client: Flowith, flags: LoginFlags): Promise<void> {
  const { signal } = context;
  await using loopback = await Loopback.listen(flags.port);
  const origin = `http://127.0.0.1:${loopback.port}`;
  // Without the last part, any page could end the sign-in by a code of its own, which is refused.
  const path = `/callback/${randomBytes(16).toString("base64url")}`;
  const returned = Promise.withResolvers<Return>();
  let hasReturned = false;
  loopback.server.on("request", (request, response) => {
    const address = callbackAddress(loopback, request, response, origin, path);
    if (address === undefined) return;
    if (hasReturned) {
      void sendPage(response, 409, "This sign-in is over", `It was taken up already. ${CLOSE_IT}`);
      return;
    }
    hasReturned = true;
    returned.resolve({ address, response });
  });
  const { url } = await client.auth.signInWithOAuth({
    provider: flags.provider,
    redirectTo: `${origin}${path}`,
    signal,
  });
  showAddress(context, url, loopback.port, flags.open);
  using _line = new ProgressLine(context.output, "Waiting for the browser");
  const { address, response } = await waitForPerson(context, returned.promise, flags.timeout);
  await takeUp(client, address, response, signal);
}

async function takeUp(client: Flowith, address: URL, response: ServerResponse, signal: AbortSignal): Promise<void> {
  try {
    await client.auth.sessionFromUrl(address, { signal });
    await sendPage(response, 200, "You are signed in", CLOSE_IT);
  } catch (error) {
    await sendPage(response, 400, "You are not signed in", "The terminal says why. You can close this page.");
    throw error;
  }
}

/** The address that a sign-in comes back by; everything else is answered here. */
function callbackAddress(
  loopback: Loopback,
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  path: string,
): URL | undefined {
  const address = URL.parse(request.url ?? "", origin);
  if (!loopback.isMeantBy(request) || address?.origin !== origin) {
    void sendPage(response, 421, "Not here", "This address is not meant for this server.");
  } else if (!isSame(address.pathname, path)) {
    void sendPage(response, 404, "Nothing here", "This server waits for a sign-in alone.");
  } else if (request.method === "HEAD") {
    // of a program that looks where a link leads: the sign-in is not used up by it
    response.writeHead(200, { "cache-control": "no-store", connection: "close" }).end();
  } else if (request.method !== "GET") {
    response.setHeader("allow", "GET, HEAD");
    void sendPage(response, 405, "Not like this", "A sign-in comes back by GET.");
  } else if (!["code", "error", "error_code", "error_description"].some((name) => address.searchParams.get(name))) {
    void sendPage(
      response,
      400,
      "Something is missing",
      "There is no sign-in in this address. The terminal still waits.",
    );
  } else {
    return address;
  }
  return undefined;
}
