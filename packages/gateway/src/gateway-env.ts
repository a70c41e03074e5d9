import type { RequestIdVariables } from "hono/request-id";
import type { Backend } from "./backend/backend.ts";

/** What handlers find in their context. */
export interface GatewayEnv {
  Variables: RequestIdVariables & {
    /** Of the caller's account; set by `signedIn`. */
    backend: Backend;
    /** What keeps the caller's account apart from others; set with it. */
    accountKey: string;
  };
}
