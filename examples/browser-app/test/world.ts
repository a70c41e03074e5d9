import { type Emulator, type EmulatorUser, startEmulator } from "@flowith-webapi/emulator";
import { type BuiltPage, buildPage } from "./built-page.ts";
import type { BrowserDriver, Tab } from "./driver.ts";

/** What the steps of a test act in. */
export interface World {
  emulator: Emulator;
  driver: BrowserDriver;
  /** Loopback by number may always be led back to. */
  url: string;
  /** By this name it may not, as at the live service. */
  strangeUrl: string;
}

/** A service that leads back to no site but its own, the page on it, and a browser. */
export async function openWorld(openDriver: () => Promise<BrowserDriver>): Promise<World & AsyncDisposable> {
  const emulator = await startEmulator({
    allowedRedirects: ["https://flowith.io/**"],
    firstEventMs: 20,
    fragmentMs: 5,
  });
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  const settings = { VITE_FLOWITH_EDGE_URL: edgeUrl, VITE_FLOWITH_SUPABASE_URL: supabaseUrl };
  const page: BuiltPage = await buildPage({ ...settings, VITE_FLOWITH_SUPABASE_KEY: supabaseKey });
  const driver = await openDriver();
  return {
    emulator,
    driver,
    url: `http://127.0.0.1:${page.port}/`,
    strangeUrl: `http://localhost:${page.port}/`,
    async [Symbol.asyncDispose]() {
      await driver[Symbol.asyncDispose]();
      await page[Symbol.asyncDispose]();
      await emulator[Symbol.asyncDispose]();
    },
  };
}

/** A tab in which nobody is signed in. */
export async function freshTab({ driver, url }: Pick<World, "driver" | "url">): Promise<Tab> {
  const tab = await driver.newTab();
  await tab.go(url);
  await tab.evaluate("localStorage.clear(); sessionStorage.clear()");
  await tab.reload();
  await isOutside(tab);
  return tab;
}

/** A tab of a user of its own, who is signed in by what they have pasted: the quickest way in. */
export async function signedIn(world: World, credits = 1_000): Promise<{ tab: Tab; user: EmulatorUser }> {
  const user = await world.emulator.createUser({ credits });
  const tab = await freshTab(world);
  await tab.evaluate(`document.querySelector("details.way").open = true`);
  await paste(tab, user);
  await isInside(tab);
  return { tab, user };
}

/** Pastes a session in the form that the web app keeps. */
export async function paste(tab: Tab, { token, refreshToken }: EmulatorUser): Promise<void> {
  await tab.type("Session", JSON.stringify({ access_token: token, refresh_token: refreshToken }));
  await tab.click("button", "Use this session");
}

export async function signOut(tab: Tab): Promise<void> {
  await tab.click("link", "Account");
  await tab.click("button", "Sign out");
  await isOutside(tab);
}

export async function isOutside(tab: Tab): Promise<void> {
  await tab.until(`document.querySelector(".sign-in h1") !== null`);
}

export async function isInside(tab: Tab): Promise<void> {
  await tab.until(`document.querySelector(".workspace") !== null`);
}
