import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "../gateway-env.ts";
import { Work } from "../http/work.ts";
import { type BodyLimits, RequestBody } from "../limits/request-body.ts";
import type { UnderWay } from "./under-way.ts";

/** Lets a request in while there is room, within its limits. @throws GatewayError 503, 413, 504 */
export function admitted(underWay: UnderWay, limits: BodyLimits): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const life = underWay.begin();
    context.set("life", life);
    const { raw } = context.req;
    const work = new Work(raw.signal, life.signal);
    context.set("work", work);
    context.set("body", new RequestBody(raw, work.signal, limits, (error) => context.set("bodyRefusal", error)));
    await unlessCut(next(), work.signal);
  };
}

/** Not everything that is waited for ends by a signal, such as an operator's store of keys. */
async function unlessCut(answer: Promise<void>, signal: AbortSignal): Promise<void> {
  let onAbort: () => void = () => undefined;
  const cut = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    await Promise.race([answer, cut]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
