/** By name and not by `window.opener`, which a provider's page may cut off. Only pages of this origin hear it. */
const NAME = "flowith-sign-in";

/** Tells the page that opened this window where the sign-in has led. */
export function tellAddress(address: string): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(address);
  channel.close();
}

/** Hears where the sign-in in another window has led, until the signal ends it. */
export function hearAddress(signal: AbortSignal): Promise<string> {
  const channel = new BroadcastChannel(NAME);
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => {
      channel.close();
      reject(signal.reason);
    });
    channel.addEventListener("message", ({ data }) => {
      channel.close();
      resolve(String(data));
    });
  });
}
