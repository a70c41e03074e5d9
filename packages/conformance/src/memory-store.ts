import type { JobHandle, JobStore, KeyValueStore, Session, SessionStore } from "flowith-webapi";

/** A store that several clients of a case share, and that the case can look into. */
export function memoryStore(initial: Session | null = null): SessionStore & { held: Session | null; saves: number } {
  return {
    held: initial,
    saves: 0,
    async load() {
      return this.held;
    },
    async save(session) {
      this.saves++;
      this.held = session;
    },
    async clear() {
      this.held = null;
    },
  };
}

export function memoryKeyValueStore(): KeyValueStore & { values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    async get(key) {
      return values.get(key) ?? null;
    },
    async set(key, value) {
      values.set(key, value);
    },
    async delete(key) {
      values.delete(key);
    },
  };
}

/** A store of handles that the case can look into. */
export function memoryJobStore(): JobStore & { handles: Map<string, JobHandle> } {
  const handles = new Map<string, JobHandle>();
  return {
    handles,
    put: async (handle) => void handles.set(handle.userNodeId, structuredClone(handle)),
    delete: async (userNodeId) => void handles.delete(userNodeId),
    list: async () => [...handles.values()],
  };
}
