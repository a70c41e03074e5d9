import type { FlowithClientOptions } from "flowith-webapi";

export interface Service extends AsyncDisposable {
  description: string;
  options: FlowithClientOptions;
}

/** The live service when FLOWITH_TOKEN is set, else an emulator in this process. */
export async function connect(): Promise<Service> {
  const { FLOWITH_TOKEN: token, FLOWITH_REFRESH_TOKEN: refreshToken } = process.env;
  if (token) {
    return {
      description: "The live service, with FLOWITH_TOKEN. This costs credits.",
      options: { token, refreshToken },
      async [Symbol.asyncDispose]() {},
    };
  }
  // Loaded only when it is needed.
  const { startEmulator } = await import("@flowith-webapi/emulator");
  const emulator = await startEmulator();
  const [alice] = emulator.users;
  if (alice === undefined) throw new Error("The emulator was started without its users.");
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return {
    description: `The emulator at ${edgeUrl}, as ${alice.email}. Set FLOWITH_TOKEN to use the live service.`,
    options: { token: alice.token, refreshToken: alice.refreshToken, edgeUrl, supabaseUrl, supabaseKey },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
