import { describe, expect, it } from "vitest";
import type { Tab } from "./driver.ts";
import { freshTab, isInside, isOutside, paste, signedIn, signOut, type World } from "./world.ts";

const IS_CONSENT = `document.querySelector("#code") !== null`;

/** Says yes on the provider's page, as the account of this address. */
export async function consent(tab: Tab, email: string): Promise<void> {
  await tab.until(IS_CONSENT);
  await tab.evaluate(`document.querySelector("#code").value = ${JSON.stringify(email)};
    setTimeout(() => document.querySelector(".primary").click()); 0`);
}

const address = (tab: Tab) => tab.evaluate("location.href");
const shows = (words: string) => `document.body.innerText.includes(${JSON.stringify(words)})`;

export function testSignIn(theWorld: () => World): void {
  describe("signing in", () => {
    it("by redirect, and a reload keeps the session", async () => {
      const { emulator, url } = theWorld();
      const { id, email } = await emulator.createUser();
      const tab = await freshTab(theWorld());
      await tab.click("checkbox", "In this tab, without another window");
      await tab.click("button", "Sign in with Google");
      await consent(tab, email);
      await isInside(tab);
      expect(await address(tab)).toBe(url);
      await tab.reload();
      await isInside(tab);
      expect(JSON.parse(String(await tab.evaluate(`localStorage["flowith-session"]`))).userId).toBe(id);
    });

    it("by a window, which closes by itself", async () => {
      const { emulator, url } = theWorld();
      const { email } = await emulator.createUser();
      const tab = await freshTab(theWorld());
      const popup = await tab.clickForWindow("button", "Sign in with GitHub");
      await consent(popup, email);
      await isInside(tab);
      expect(await address(tab)).toBe(url);
      await popup.until("false");
      expect(popup.isClosed()).toBe(true);
    });

    it("in this tab, where the browser opens no window", async () => {
      const { email } = await theWorld().emulator.createUser();
      const tab = await freshTab(theWorld());
      await tab.evaluate("window.open = () => null; 0");
      await tab.click("button", "Sign in with Google");
      await consent(tab, email);
      await isInside(tab);
    });

    it("by tokens in the fragment, which do not stay there", async () => {
      const { emulator, url } = theWorld();
      const { email } = await emulator.createUser();
      const tab = await freshTab(theWorld());
      const target = encodeURIComponent(`${url}?view=account`);
      await tab.go(`${emulator.supabaseUrl}/auth/v1/authorize?provider=google&redirect_to=${target}`);
      await consent(tab, email);
      await isInside(tab);
      expect(await address(tab)).toBe(`${url}?view=account`);
    });

    it("says that the user has refused", async () => {
      const tab = await freshTab(theWorld());
      await tab.click("checkbox", "In this tab, without another window");
      await tab.click("button", "Sign in with Google");
      await tab.until(IS_CONSENT);
      await tab.evaluate(`setTimeout(() => document.querySelector(".quiet").click()); 0`);
      await isOutside(tab);
      await tab.until(shows("The user has denied access"));
      expect(await address(tab)).toBe(theWorld().url);
    });

    it("tells another tab of a sign-out, and of the next sign-in", async () => {
      const { tab, user } = await signedIn(theWorld());
      const { driver, emulator, url } = theWorld();
      const other = await driver.newTab();
      await other.go(url);
      await isInside(other);
      await signOut(tab);
      await isOutside(other);
      expect(await other.evaluate(shows("You are signed out."))).toBe(true);
      const { email } = await emulator.createUser();
      const popup = await tab.clickForWindow("button", "Sign in with Google");
      await consent(popup, email);
      await isInside(other);
      expect(email).not.toBe(user.email);
    });

    it("leads back to the sign-in when nothing renews the session", async () => {
      const { tab, user } = await signedIn(theWorld());
      const { emulator } = theWorld();
      await fetch(`${emulator.supabaseUrl}/auth/v1/logout?scope=global`, {
        method: "POST",
        headers: { apikey: emulator.supabaseKey, authorization: `Bearer ${user.token}` },
      });
      emulator.clock.advance(2 * 3_600_000);
      await tab.type("Message", "Say: hello");
      await tab.press("Enter");
      await isOutside(tab);
      await tab.until(shows("Your sign-in is over."));
      // The question is not lost with it.
      await consent(await tab.clickForWindow("button", "Sign in with Google"), user.email);
      await isInside(tab);
      await tab.until(`document.querySelector("[aria-label=Message]").value === "Say: hello"`);
    });
  });

  describe("where the service leads back to its own site alone", () => {
    it("says after a window how to bring the session, and takes it", async () => {
      const { emulator, driver, strangeUrl } = theWorld();
      const user = await emulator.createUser();
      const tab = await freshTab({ driver, url: strangeUrl });
      const popup = await tab.clickForWindow("button", "Sign in with Google");
      await consent(popup, user.email);
      await popup.until(`!location.href.includes("/auth/v1/") && document.querySelector("#code") === null`);
      await popup.close();
      await tab.until(`document.querySelector("details.way").open`);
      expect(await tab.evaluate(shows("The sign-in did not come back here."))).toBe(true);
      await paste(tab, user);
      await isInside(tab);
    });

    it("says it after a redirect as well, when the user is back", async () => {
      const { emulator, driver, strangeUrl } = theWorld();
      const user = await emulator.createUser();
      const tab = await freshTab({ driver, url: strangeUrl });
      await tab.click("checkbox", "In this tab, without another window");
      await tab.click("button", "Sign in with Google");
      await consent(tab, user.email);
      await tab.until(`document.querySelector("#code") === null`);
      await tab.go(strangeUrl);
      await tab.until(`document.querySelector("details.way")?.open`);
      await paste(tab, user);
      await isInside(tab);
    });

    it("says what was pasted wrongly, and keeps it out of the message", async () => {
      const tab = await freshTab({ driver: theWorld().driver, url: theWorld().strangeUrl });
      await tab.evaluate(`document.querySelector("details.way").open = true`);
      await tab.type("Session", "a-secret-of-somebody-else-that-is-no-session");
      await tab.click("button", "Use this session");
      await tab.until(`document.querySelector("[role=alert]") !== null`);
      const said = await tab.evaluate(`document.querySelector("[role=alert]").innerText`);
      expect(said).toContain("Copy all of it");
      expect(said).not.toContain("secret");
    });
  });
}
