import { ApiError } from "./api-error.ts";
import { authenticate, authenticateAdmin } from "./authentication.ts";
import { consentPath } from "./consent-path.ts";
import type { Endpoint, Exchange } from "./context.ts";
import { authorize } from "./endpoints/authorize.ts";
import { callback } from "./endpoints/callback.ts";
import { consent } from "./endpoints/consent.ts";
import { getUser } from "./endpoints/get-user.ts";
import { logout } from "./endpoints/logout.ts";
import { magicLink, otp } from "./endpoints/otp.ts";
import { reauthenticate } from "./endpoints/reauthenticate.ts";
import { recover } from "./endpoints/recover.ts";
import { resend } from "./endpoints/resend.ts";
import { signup } from "./endpoints/signup.ts";
import { token } from "./endpoints/token.ts";
import { putUser } from "./endpoints/update-user.ts";
import { verifyCode, verifyLink } from "./endpoints/verify.ts";
import { health, jwks, openidConfiguration, settings } from "./endpoints/well-known.ts";

/** What the real service has and this one has not. */
const notEmulated: readonly string[] = ["/factors", "/admin", "/invite"];

function refuseUnknown({ request, url }: Exchange): never {
  const message = `The emulator does not know ${request.method} /auth/v1${url.pathname}`;
  throw new ApiError(501, "not_emulated", message);
}

/** Nobody who signs in here is an administrator; a token that was signed with the emulator's key can say so. */
async function invite(exchange: Exchange): Promise<Response> {
  await authenticateAdmin(exchange);
  return refuseUnknown(exchange);
}

type Methods = Readonly<Record<string, Endpoint>>;

const routes = new Map<string, Methods>([
  ["/health", { GET: health }],
  ["/settings", { GET: settings }],
  ["/.well-known/jwks.json", { GET: jwks }],
  ["/.well-known/openid-configuration", { GET: openidConfiguration }],
  ["/signup", { POST: signup }],
  ["/token", { POST: token }],
  ["/logout", { POST: logout }],
  ["/user", { GET: getUser, PUT: putUser }],
  ["/reauthenticate", { GET: reauthenticate }],
  ["/invite", { POST: invite }],
  ["/authorize", { GET: authorize }],
  ["/callback", { GET: callback, POST: callback }],
  ["/otp", { POST: otp }],
  ["/magiclink", { POST: magicLink }],
  ["/recover", { POST: recover }],
  ["/resend", { POST: resend }],
  ["/verify", { GET: verifyLink, POST: verifyCode }],
]);

/** These take a slash at the end as well. */
const withSlash = new Set(["/signup", "/callback", "/verify", "/user", "/reauthenticate"]);

const refuse = (code: string, message: string) => async () => {
  throw new ApiError(404, code, message);
};

/** Run before anything below the path is looked up, so that even an unknown path there wants a token. */
const guards: readonly (readonly [string, (exchange: Exchange) => Promise<unknown>])[] = [
  ["/user", authenticate],
  ["/user/identities", refuse("manual_linking_disabled", "Manual linking is disabled")],
  ["/user/oauth/grants", refuse("feature_disabled", "OAuth server is disabled")],
  ["/reauthenticate", authenticate],
  ["/factors", authenticate],
  ["/admin", authenticateAdmin],
  ["/passkeys", refuse("passkey_disabled", "Passkeys are disabled")],
  ["/sso", refuse("saml_provider_disabled", "SAML 2.0 is disabled")],
  ["/oauth", refuse("feature_disabled", "OAuth server is disabled")],
  ["/.well-known/oauth-authorization-server", refuse("feature_disabled", "OAuth server is disabled")],
];

function notFound(headers: Headers): Response {
  headers.set("content-type", "text/plain; charset=utf-8");
  headers.set("x-content-type-options", "nosniff");
  return new Response("404 page not found\n", { status: 404, headers });
}

function methodsOf(path: string): Methods | undefined {
  if (path.startsWith(`${consentPath}/`)) return { GET: consent };
  const bare = path.replace(/\/$/, "");
  return routes.get(path) ?? (withSlash.has(bare) ? routes.get(bare) : undefined);
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

export async function route(exchange: Exchange): Promise<Response> {
  const { request, url, headers } = exchange;
  const path = url.pathname;
  for (const [prefix, guard] of guards) {
    if (isBelow(path, prefix)) await guard(exchange);
  }
  const methods = methodsOf(path);
  if (methods === undefined && notEmulated.some((prefix) => isBelow(path, prefix))) refuseUnknown(exchange);
  if (methods === undefined) return notFound(headers);
  const endpoint = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (endpoint !== undefined) return endpoint(exchange);
  headers.set("allow", Object.keys(methods).join(", "));
  return new Response(null, { status: 405, headers });
}
