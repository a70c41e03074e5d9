import type { RequestIdVariables } from "hono/request-id";
import type { Backend } from "./backend/backend.ts";
import type { GatewayError, Problem } from "./errors.ts";
import type { Work } from "./http/work.ts";
import type { RequestBody } from "./limits/request-body.ts";
import type { Life } from "./service/life.ts";

/** What handlers find in their context. */
export interface GatewayEnv {
  Variables: RequestIdVariables & {
    /** Of the caller's account; set by `signedIn`. */
    backend: Backend;
    /** What keeps the caller's account apart from others; set with it. */
    accountKey: string;
    /** Set by `admitted`. */
    life?: Life;
    /** Set with it. */
    work?: Work;
    /** Set with it. The raw request's own is without limits. */
    body?: RequestBody;
    /** Why a body was not read to its end. */
    bodyRefusal?: GatewayError;
    /** Whom limits count. */
    caller?: string;
    /** The answer is the service's, and may still be on its way. */
    isPassedOn?: true;
    /** The error that was answered. */
    problem?: Problem;
  };
}
