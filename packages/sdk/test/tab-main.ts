// The script of one of two tabs with one session: waits for the other before each round, and calls when it does.
import { Flowith, type FlowithOptions, webStorageSessionStore } from "flowith-webapi";

const query = new URLSearchParams(location.search);
const options: FlowithOptions = JSON.parse(query.get("options") ?? "{}");
const store = webStorageSessionStore(localStorage);

const post = async (path: string, body: unknown): Promise<string> =>
  (await fetch(path, { method: "POST", body: JSON.stringify(body) })).text();

// The first tab opens the second, which finds the session in their common storage.
const session = query.get("session");
if (session !== null) {
  await store.save(JSON.parse(session));
  query.delete("session");
  window.open(`/?${query}`);
}
await post("/meet", {});
const flowith = new Flowith({ ...options, store });
for (let round = await post("/meet", {}); round !== "over"; round = await post("/meet", {})) {
  const answer = async (): Promise<string> => {
    if (round === "refresh") await flowith.auth.refresh();
    return (await flowith.auth.user()).id;
  };
  await post("/answer", await answer().catch(String));
}
