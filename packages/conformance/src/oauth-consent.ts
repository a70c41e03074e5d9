/**
 * Consents at the emulator's stand-in for a provider, as a browser would: follows the redirects and answers the page.
 * @param signInUrl what `signInWithOAuth` or `oauthUrl` gave
 * @param answer what the page sends: `{ code: email }`, or `{ error: "access_denied" }`
 * @returns where the user ends up, without a fragment, which `fetch` does not tell
 */
export async function consent(signInUrl: string, answer: Record<string, string>): Promise<string> {
  const page = await fetch(signInUrl);
  await page.body?.cancel();
  const asked = new URL(page.url).searchParams;
  const callback = new URL(asked.get("redirect_uri") ?? "");
  callback.searchParams.set("state", asked.get("state") ?? "");
  for (const [name, value] of Object.entries(answer)) callback.searchParams.set(name, value);
  const landing = await fetch(callback);
  await landing.body?.cancel();
  return landing.url;
}
