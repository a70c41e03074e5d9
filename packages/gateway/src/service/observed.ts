import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { CLIENT_LEFT } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import { followedBody } from "./followed-body.ts";
import type { RequestEntry } from "./request-entry.ts";

const LONGEST_CALLER = 20;

/** Follows each request to the end of its answer, gives it its id, and tells whoever wants to know what became of it. */
export function observed(listeners: readonly ((entry: RequestEntry) => void)[]): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const time = new Date();
    const startedAt = performance.now();
    const { signal } = context.req.raw;
    try {
      await next();
    } catch (error) {
      // Nothing is answered by what fails while an error is; its place is free all the same.
      context.get("life")?.end();
      throw error;
    }
    const { body, headers } = context.res;
    const hasLeft = signal.aborted || context.get("problem")?.status === CLIENT_LEFT;
    const status = hasLeft ? CLIENT_LEFT : context.res.status;
    const life = context.get("life");
    let isOver = false;
    const end = (outcome: RequestEntry["outcome"]): void => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener("abort", onAbort);
      life?.end();
      if (listeners.length === 0) return;
      tellAll(listeners, {
        time: time.toISOString(),
        ...entryOf(context, status),
        durationMs: Math.round(performance.now() - startedAt),
        // Clients leave when they have read the error.
        outcome: context.get("work")?.failure === undefined ? outcome : "failed",
      });
    };
    const onAbort = (): void => end("left");
    // Anthropic's clients read it by a name of their own.
    for (const name of ["x-request-id", "request-id"]) headers.set(name, context.get("requestId"));
    const isHead = context.req.method === "HEAD";
    // JSON of the gateway's own is there as a whole: nothing is under way for it, whether it is read or not.
    const isWhole =
      context.get("isPassedOn") !== true && (headers.get("content-type") ?? "").startsWith("application/json");
    // Nobody reads a body there.
    if (isHead) void body?.cancel().catch(() => undefined);
    const work = context.get("work");
    if (body !== null && !isWhole && !isHead && !hasLeft && work?.isToldByBody !== true) {
      // An assignment to what is there would merge the headers of both.
      context.res = undefined;
      context.res = new Response(followedBody(body, end), { status, headers });
    }
    work?.onEnd(end);
    if (hasLeft) {
      if (!isHead && !isWhole) void body?.cancel().catch(() => undefined);
      return end("left");
    }
    if (body === null || isWhole || isHead) return end("sent");
    signal.addEventListener("abort", onAbort, { once: true });
    life?.onEnd(() => end("broken"));
  };
}

function tellAll(listeners: readonly ((entry: RequestEntry) => void)[], entry: RequestEntry): void {
  for (const tell of listeners) {
    try {
      tell(entry);
    } catch {
      // An answer does not break for want of its line in a log.
    }
  }
}

function entryOf(
  context: Context<GatewayEnv>,
  status: number,
): Pick<RequestEntry, "requestId" | "method" | "route" | "status" | "caller" | "code" | "reason"> {
  const route = routePath(context, -1);
  const { code, reason } = context.get("problem") ?? context.get("work")?.failure ?? {};
  return {
    requestId: context.get("requestId"),
    method: context.req.method,
    route: route.endsWith("*") ? "unknown" : route,
    status,
    caller: context.get("caller")?.slice(0, LONGEST_CALLER),
    code,
    reason,
  };
}
