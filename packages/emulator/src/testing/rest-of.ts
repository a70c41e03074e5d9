import type { createEmulator } from "../start-emulator.ts";

type Emulator = Awaited<ReturnType<typeof createEmulator>>;

/** Asks for rows, or inserts one, as the user of a token. */
export function restOf(emulator: Emulator, token: string) {
  const headers = {
    apikey: emulator.supabaseKey,
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
  };
  return async (path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? { headers } : { headers, method: "POST", body: JSON.stringify(body) };
    const text = await (await emulator.fetch(`/rest/v1${path}`, init)).text();
    return text === "" ? undefined : JSON.parse(text);
  };
}
