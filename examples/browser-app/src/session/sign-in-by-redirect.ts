import type { Flowith } from "flowith-webapi";
import { noteSignInBegun } from "./begun-sign-in.ts";
import { pageUrl } from "./page-url.ts";

/** Leaves the page for the provider's; `takeUpSession` goes on when the user is back. */
export async function signInByRedirect(flowith: Flowith, provider: string): Promise<void> {
  const { url } = await flowith.auth.signInWithOAuth({ provider, redirectTo: pageUrl() });
  noteSignInBegun(sessionStorage);
  location.assign(url);
}
