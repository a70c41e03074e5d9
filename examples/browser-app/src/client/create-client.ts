import { Flowith, webStorageSessionStore } from "flowith-webapi";
import { localJobStore } from "./local-job-store.ts";
import type { Settings } from "./settings.ts";

/** Where the session stands in `localStorage`. */
export const SESSION_KEY = "flowith-session";

/** The client of this page: its session is shared by all tabs, and its jobs outlive a reload. */
export function createClient(settings: Settings): Flowith {
  return new Flowith({
    ...settings,
    store: webStorageSessionStore(localStorage, { key: SESSION_KEY }),
    jobStore: localJobStore(localStorage),
  });
}
