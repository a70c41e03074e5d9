import { createStore, type Store } from "../client/store.ts";

const PREFIX = "flowith-draft:";

/** What is being typed. The tab keeps it, so that it outlives a reload and a sign-in that has to be made anew. */
export function createDraft(name: string): Store<string> {
  const draft = createStore(sessionStorage.getItem(PREFIX + name) ?? "");
  draft.subscribe(() => sessionStorage.setItem(PREFIX + name, draft.get()));
  return draft;
}

/** Forgets all of them: whoever signs in next is perhaps somebody else. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
