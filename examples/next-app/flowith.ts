import { Flowith, fileSessionStore } from "flowith-webapi";

// Next makes a copy of this file for pages and another for Route Handlers. A refresh token works once, so their clients
// share the session by a file. None of it reaches the browser.
export const flowith = Flowith.fromEnv({ store: fileSessionStore("./.flowith/session.json") });
