import { useSyncExternalStore } from "react";

export const VIEWS = ["chat", "canvas", "gallery", "knowledge", "account"] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_NAMES: Record<View, string> = {
  chat: "Chat",
  canvas: "Canvas",
  gallery: "Gallery",
  knowledge: "Knowledge",
  account: "Account",
};

/** What the page shows, as its address says. */
export interface Route {
  view: View;
  convId: string | undefined;
}

const CHANGED = "flowith-route";

/** Goes to another view; the browser's Back comes from there. */
export function go(route: Route, { replace = false }: { replace?: boolean } = {}): void {
  const url = new URL(location.href);
  url.search = "";
  if (route.view !== "chat") url.searchParams.set("view", route.view);
  if (route.convId !== undefined) url.searchParams.set("conversation", route.convId);
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  dispatchEvent(new Event(CHANGED));
}

export function useRoute(): Route {
  return readRoute(useSyncExternalStore(subscribe, () => location.search));
}

function readRoute(search: string): Route {
  const parameters = new URLSearchParams(search);
  const view = VIEWS.find((name) => name === parameters.get("view")) ?? "chat";
  return { view, convId: parameters.get("conversation") ?? undefined };
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(CHANGED, listener);
  };
}
