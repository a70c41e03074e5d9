import type { Emulator, EmulatorUser } from "@flowith-webapi/emulator";
import { Flowith, fileSessionStore } from "flowith-webapi";

/** Signs a user in, with the session kept in a file. */
export async function keepSession(path: string, user: EmulatorUser, emulator: Emulator): Promise<void> {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const flowith = new Flowith({ edgeUrl, supabaseUrl, supabaseKey, store: fileSessionStore(path) });
  await flowith.auth.setSession({ accessToken: user.token, refreshToken: user.refreshToken });
  flowith.close();
}
