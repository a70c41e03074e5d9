import { Flowith, InvalidArgumentError } from "flowith-webapi";
import * as v from "valibot";
import type { GatewayOptions } from "./gateway-options.ts";

const limit = v.optional(v.pipe(v.number(), v.integer("Expected a whole number"), v.minValue(0)));
const positive = v.optional(v.pipe(v.number(), v.integer("Expected a whole number"), v.minValue(1)));
const flag = v.optional(v.boolean());
const callable = v.optional(v.custom<() => void>((value) => typeof value === "function", "Expected a function"));
const origin = v.pipe(
  v.string(),
  v.check(isOrigin, "An origin is a scheme, a name and perhaps a port: https://app.test:8443"),
);
const signIn = v.optional(v.never("The sign-in is each caller's own"));

const options = v.strictObject({
  // The SDK checks the rest of it.
  flowith: v.optional(
    v.looseObject({
      token: signIn,
      refreshToken: signIn,
      store: signIn,
      userId: signIn,
      verifierStore: signIn,
      jobStore: signIn,
    }),
  ),
  authenticate: callable,
  toolBridge: flag,
  direct: flag,
  // What names may be, `ModelNames` checks.
  models: v.optional(v.record(v.string(), v.string())),
  maxClients: positive,
  clientIdleMs: limit,
  maxResponses: limit,
  keepAliveMs: positive,
  maxBodyBytes: positive,
  bodyTimeoutMs: limit,
  requestTimeoutMs: limit,
  maxConcurrent: limit,
  maxConcurrentPerCaller: limit,
  requestsPerMinute: limit,
  corsOrigins: v.optional(v.array(v.union([v.literal("*"), origin]))),
  passThroughOrigins: v.optional(v.array(origin)),
  onRequest: callable,
  metrics: v.optional(v.looseObject({ contentType: v.string() })),
} satisfies Record<keyof GatewayOptions, v.GenericSchema>);

/** @throws InvalidArgumentError for an option that is unknown, or of the wrong type */
export function checkOptions(given: GatewayOptions): void {
  const result = v.safeParse(options, given);
  if (!result.success) {
    const [issue] = result.issues;
    const name = v.getDotPath(issue);
    const problem = issue.type === "strict_object" ? "there is no such option" : issue.message;
    throw new InvalidArgumentError(`createGateway: ${name === null ? "" : `option "${name}": `}${problem}.`);
  }
  // It throws for what it does not know.
  new Flowith(given.flowith).close();
}

/** Whether a text is what the header `Origin` can hold; `null`, which any page in a sandbox sends, is not let through. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#\s@]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
