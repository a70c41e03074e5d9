import type { Emulator } from "@flowith-webapi/emulator";
import { Flowith } from "flowith-webapi";
import { ourCalls } from "./our-calls.ts";
import type { RecordedCall } from "./recorded-calls.ts";
import { type Placeholders, type SentRequest, sentRequest } from "./sent-request.ts";

/** Makes one call with a client of its own, and writes down what it sends. */
export async function runOurCall(name: string, emulator: Emulator, replace: Placeholders): Promise<RecordedCall> {
  const call = ourCalls[name];
  const [user] = emulator.users;
  if (call === undefined || user === undefined) throw new Error(`there is no call ${name}`);
  let requests: Promise<SentRequest>[] = [];
  await using flowith = new Flowith({
    token: user.token,
    refreshToken: user.refreshToken,
    edgeUrl: emulator.edgeUrl,
    supabaseUrl: emulator.supabaseUrl,
    supabaseKey: emulator.supabaseKey,
    fetch: (input, init) => {
      const request = new Request(input, init);
      requests.push(sentRequest(request.clone(), replace));
      return fetch(request);
    },
  });
  const begin = (): void => {
    requests = [];
  };
  const result = await call({ flowith, begin }).catch((error: Error) => ({ error: error.name }));
  return { requests: await Promise.all(requests), result };
}
