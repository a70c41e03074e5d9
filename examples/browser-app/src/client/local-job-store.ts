import type { JobHandle, JobStore } from "flowith-webapi";

const PREFIX = "flowith-job:";

/** Handles of jobs in flight, a key each: tabs that write at the same time do not undo each other. */
export function localJobStore(storage: Storage): JobStore {
  return {
    async put(handle) {
      storage.setItem(PREFIX + handle.userNodeId, JSON.stringify(handle));
    },
    async delete(userNodeId) {
      storage.removeItem(PREFIX + userNodeId);
    },
    async list() {
      const keys = Object.keys(storage).filter((key) => key.startsWith(PREFIX));
      // The SDK looks through what comes from a store.
      return keys
        .map((key): JobHandle => JSON.parse(storage.getItem(key) ?? "null"))
        .filter((handle) => handle !== null);
    },
  };
}
