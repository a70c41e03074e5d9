import type { Flowith, Session } from "flowith-webapi";
import { pageUrl } from "./page-url.ts";
import { hearAddress } from "./popup-channel.ts";

const LOOK_MS = 300;
/** A window that closes has told its address just before. */
const GRACE_MS = 1_000;

/**
 * Signs in through a window that the click has opened empty: one that is opened later, when the address is known, is
 * what browsers block.
 * @param onClosed the window has gone without a word; a word that comes later is still heard, until the signal ends it
 */
export async function signInByPopup(
  flowith: Flowith,
  popup: Window,
  { provider, signal, onClosed }: { provider: string; signal: AbortSignal; onClosed: () => void },
): Promise<Session | null> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const address = hearAddress(either);
  // Nobody hears it where the sign-in cannot begin.
  address.catch(() => undefined);
  try {
    const { url } = await flowith.auth.signInWithOAuth({ provider, redirectTo: pageUrl("signed-in.html"), signal });
    popup.location.replace(url);
    watchClosed(popup, either, onClosed);
    return await flowith.auth.sessionFromUrl(await address, { signal });
  } catch (error) {
    popup.close();
    throw error;
  } finally {
    ended.abort();
  }
}

function watchClosed(popup: Window, signal: AbortSignal, onClosed: () => void): void {
  const look = setInterval(() => {
    if (!popup.closed) return;
    clearInterval(look);
    const grace = setTimeout(onClosed, GRACE_MS);
    signal.addEventListener("abort", () => clearTimeout(grace));
  }, LOOK_MS);
  signal.addEventListener("abort", () => clearInterval(look));
}
