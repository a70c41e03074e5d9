import type { Flowith, Session } from "flowith-webapi";
import { takeSignInBegun } from "./begun-sign-in.ts";

/** How the page finds its user when it is loaded. */
export interface Arrival {
  session: Session | null;
  /** Why a sign-in that came back in the address did not work. */
  problem?: unknown;
  /** The user left for a sign-in, and is back without its result. */
  isBackWithoutSession: boolean;
}

/** What a sign-in leaves in an address, in its query or its fragment. */
const SIGN_IN_WORDS = ["code", "error", "error_code", "error_description", "sb"];

/** Takes up the session out of the address, or else the one of the last visit. To be called once: a code works once. */
export async function takeUpSession(flowith: Flowith): Promise<Arrival> {
  const wasBegun = takeSignInBegun(sessionStorage);
  const address = location.href;
  clearAddress();
  try {
    const fromUrl = await flowith.auth.sessionFromUrl(address);
    const session = fromUrl ?? (await flowith.auth.session());
    return { session, isBackWithoutSession: wasBegun && session === null };
  } catch (problem) {
    const session = await flowith.auth.session().catch(() => null);
    return { session, problem, isBackWithoutSession: false };
  }
}

/** A code and a token are secrets: neither stays in the address or the history. */
function clearAddress(): void {
  const url = new URL(location.href);
  for (const word of SIGN_IN_WORDS) url.searchParams.delete(word);
  url.hash = "";
  history.replaceState(history.state, "", url);
}
