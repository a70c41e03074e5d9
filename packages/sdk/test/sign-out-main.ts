// The script of two tabs with one session: the second, which the first one opens, signs out, and the first tells what it saw.
import { Flowith, type FlowithOptions, webStorageSessionStore } from "flowith-webapi";

const query = new URLSearchParams(location.search);
const options: FlowithOptions = JSON.parse(query.get("options") ?? "{}");
const store = webStorageSessionStore(localStorage);
const flowith = new Flowith({ ...options, store });

const session = query.get("session");
if (session === null) {
  await flowith.auth.logout({ scope: "local" });
} else {
  await store.save(JSON.parse(session));
  await flowith.auth.user();
  flowith.auth.onChange(async ({ type }) => {
    const body = JSON.stringify([type, await flowith.auth.session()]);
    await fetch("/answer", { method: "POST", body });
  });
  query.delete("session");
  window.open(`/?${query}`);
}
