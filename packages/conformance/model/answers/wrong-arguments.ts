import { inspect } from "node:util";
import * as fc from "fast-check";
import { Flowith, FlowithError } from "flowith-webapi";
import { accessToken } from "../service/access-token.ts";

/** Of the client and of what hangs on it, as `conversations.get`. */
function methodsOf(flowith: Flowith): string[] {
  const left = new Set(["constructor", "supabase", "close"]);
  const of = (object: object, prefix: string): string[] => {
    const names: string[] = [];
    for (let one = Object.getPrototypeOf(object); one !== Object.prototype; one = Object.getPrototypeOf(one)) {
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(one))) {
        if (typeof value === "function" && !left.has(name)) names.push(prefix + name);
      }
    }
    return names;
  };
  const parts = Object.entries(flowith).filter(([, part]) => typeof part === "object" && part !== null);
  return [...of(flowith, ""), ...parts.flatMap(([name, part]) => of(part, `${name}.`))];
}

const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withTypedArray: true, maxDepth: 2 }),
  fc.constantFrom(Symbol("x"), () => undefined, new Blob(["x"]), new URL("https://x.test"), Number.NaN),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11", "Hello", undefined),
);
const names = [
  "token",
  "refreshToken",
  "userId",
  "edgeUrl",
  "supabaseUrl",
  "headers",
  "store",
  "fetch",
  "timeout",
  "middleware",
];
const more = [
  "events",
  "logger",
  "logLevel",
  "validate",
  "authScheme",
  "jobStore",
  "verifierStore",
  "waitUntil",
  "unknown",
];

function newClient(): Flowith {
  const fetch = async (): Promise<Response> => Response.json([]);
  const quick = { timeout: { totalMs: 5 }, events: { lingerMs: 0 }, maxRetries: 0 };
  return new Flowith({ token: accessToken(), fetch, ...quick });
}

async function settle(work: () => unknown): Promise<{ error: unknown } | undefined> {
  try {
    const result: unknown = await work();
    if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
      const items = result as AsyncIterable<unknown>;
      for await (const _ of items) break;
    }
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** A call of any method, or of the constructor, with anything. */
export interface WrongCall {
  method: string;
  given: unknown[];
  options: Record<string, unknown>;
}

export const wrongCall: fc.Arbitrary<WrongCall> = fc.record({
  method: fc.constantFrom("new Flowith", ...methodsOf(newClient())),
  given: fc.array(anything, { maxLength: 3 }),
  options: fc.dictionary(fc.constantFrom(...names, ...more), anything, { maxKeys: 3 }),
});

/** Whatever a call is given, what it rejects with is ours. */
export async function isOurs({ method, given, options }: WrongCall): Promise<void> {
  const flowith = newClient();
  const [name = "", part] = method.split(".").reverse();
  const target: object = part === undefined ? flowith : Reflect.get(flowith, part);
  const call = (): unknown =>
    method === "new Flowith" ? new Flowith(options) : Reflect.apply(Reflect.get(target, name), target, given);
  // Ends what would go on for ever, such as an event stream that was asked for rightly.
  const timer = setTimeout(() => flowith.close(), 20);
  const outcome = await settle(call);
  clearTimeout(timer);
  flowith.close();
  if (outcome !== undefined && !FlowithError.is(outcome.error) && !isClosed(outcome.error))
    throw new Error(`${method} threw ${inspect(outcome.error)}`, { cause: outcome.error });
}

function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
