import { vi } from "vitest";
import type { TestShell } from "./run-cli.ts";

/** The address that a command has opened. */
export async function openedAddress(shell: TestShell): Promise<URL> {
  return new URL(await vi.waitUntil(() => shell.opened[0], { timeout: 50_000 }));
}

/** Where the browser of a person goes who follows a sign-in, up to what the provider asks for consent. */
async function consentPage(address: URL): Promise<URL> {
  const response = await fetch(address);
  await response.text();
  return new URL(response.url);
}

/** The address that the service sends the browser back to, after an answer to its consent page. */
export async function comingBack(address: URL, consent: Record<string, string>): Promise<URL> {
  const page = await consentPage(address);
  const callback = new URL("/auth/v1/callback", page);
  callback.search = String(new URLSearchParams({ state: page.searchParams.get("state") ?? "", ...consent }));
  const response = await fetch(callback, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "");
}
