import { Flowith, webStorageSessionStore } from "flowith-webapi";
import { localJobStore } from "./local-job-store.ts";
import type { Settings } from "./settings.ts";

/** The client of this page: its session is shared by all tabs, and its jobs outlive a reload. */
export function createClient(settings: Settings): Flowith {
  return new Flowith({
    ...settings,
    store: webStorageSessionStore(localStorage),
    jobStore: localJobStore(localStorage),
  });
}
