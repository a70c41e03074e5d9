import type { FlowithClientOptions } from "flowith-webapi";
import { FlowithDeveloper } from "flowith-webapi/developer";
import type { CaseContext, TestClient } from "./conformance-case.ts";
import { httpControl } from "./control.ts";

export type ClientFactory = (options: FlowithClientOptions) => TestClient;

/** A context for one case, and what ends everything that the case has opened. */
export async function createContext(
  emulatorUrl: string,
  newFlowith: ClientFactory,
): Promise<{ context: CaseContext; close(): void }> {
  const control = httpControl(emulatorUrl);
  const { supabaseKey } = await control.addresses();
  // By the name that the runner knows it by: in a browser, each case needs a host of its own.
  const [edgeUrl, supabaseUrl] = [emulatorUrl, emulatorUrl];
  const clients: Pick<TestClient, "close">[] = [];
  const createClient: CaseContext["createClient"] = (options) => {
    const client = newFlowith({ edgeUrl, supabaseUrl, supabaseKey, ...options });
    clients.push(client);
    return client;
  };
  const newClient: CaseContext["newClient"] = async (options) => {
    const user = await control.newUser();
    return { user, flowith: createClient({ token: user.token, refreshToken: user.refreshToken, ...options }) };
  };
  const createDeveloper: CaseContext["createDeveloper"] = (options) => {
    const client = new FlowithDeveloper({ edgeUrl, ...options });
    clients.push(client);
    return client;
  };
  const newDeveloper: CaseContext["newDeveloper"] = async (options) => {
    const user = await control.newUser();
    return { user, developer: createDeveloper({ apiKey: user.apiKey, ...options }) };
  };
  return {
    context: { control, createClient, newClient, createDeveloper, newDeveloper },
    close: () => {
      for (const client of clients) client.close();
    },
  };
}
