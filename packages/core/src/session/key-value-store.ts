/** Small texts by key, such as the secret that a sign-in by redirect leaves behind until its return. */
export interface KeyValueStore {
  /** @returns null where there is none */
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  /** Of a key that is not there, it succeeds. */
  delete(key: string): Promise<void>;
}

/** Lives as long as the client. */
export function memoryKeyValueStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
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
