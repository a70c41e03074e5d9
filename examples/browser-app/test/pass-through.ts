import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";
import { buildPage } from "./built-page.ts";
import type { BrowserDriver } from "./driver.ts";
import { freePort, startGateway } from "./gateway-process.ts";
import { askAndWait } from "./page-words.ts";
import { consent } from "./sign-in.ts";
import { freshTab, isInside } from "./world.ts";

/** With a build, an emulator and a browser of its own. */
export function testPassThrough(openDriver: () => Promise<BrowserDriver>): void {
  it("asks through a gateway, and nobody else, where one setting says so", async () => {
    await using emulator = await startEmulator();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    await using gateway = await startGateway(emulator, new URL(url).origin);
    await using _page = await buildPage({ VITE_FLOWITH_GATEWAY: `${gateway.url}/` }, port);
    await using driver = await openDriver();
    const { email } = await emulator.createUser({ credits: 13 });
    const tab = await freshTab({ driver, url });
    const popup = await tab.clickForWindow("button", "Sign in with Google");
    await consent(popup, email);
    await isInside(tab);
    await askAndWait(tab, "Say: through", "through");
    await tab.until(`document.querySelector(".credits").textContent === "12 credits"`);
    const asked = await tab.evaluate(
      `[...new Set(performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin))]`,
    );
    expect(asked).toEqual(expect.arrayContaining([new URL(gateway.url).origin]));
    expect(asked).not.toContain(new URL(emulator.edgeUrl).origin);
  });
}
