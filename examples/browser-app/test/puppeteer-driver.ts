import puppeteer, { type Page } from "puppeteer-core";
import { placeOf } from "../../../packages/emulator/src/testing/browser.ts";
import { chromium } from "../../../packages/emulator/src/testing/chromium.ts";
import type { BrowserDriver, Role, Tab } from "./driver.ts";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
/** The service's own site, to which some sign-ins lead, is not there. */
const nowhere = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1";

/** Chromium, with nothing of an earlier run. */
export async function openChromium(): Promise<BrowserDriver> {
  const browser = await puppeteer.launch({ executablePath: placeOf(chromium), args: [...flags, nowhere] });
  return {
    newTab: async () => new PuppeteerTab(await browser.newPage()),
    async closeTabs() {
      // Without any tab the browser would end.
      const [, ...others] = await browser.pages();
      for (const page of others) await page.close();
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

class PuppeteerTab implements Tab {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    page.setDefaultTimeout(0);
  }

  async go(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async click(role: Role, name: string): Promise<void> {
    await this.#front();
    await this.#page.locator(`aria/${name}[role="${role}"]`).setTimeout(20_000).click();
  }

  async type(name: string, text: string): Promise<void> {
    await this.#front();
    const field = await this.#page.locator(`aria/${name}[role="textbox"]`).setTimeout(20_000).waitHandle();
    await field.focus();
    // At once, as a paste would: key by key a long text takes seconds.
    await this.#page.keyboard.sendCharacter(text);
  }

  async press(key: "Enter" | "Escape" | "Tab" | "Space"): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  async choose(name: string, option: string): Promise<void> {
    const field = await this.#page.locator(`aria/${name}[role="combobox"]`).setTimeout(20_000).waitHandle();
    await field.asElement()?.select(option);
  }

  async clickForWindow(role: Role, name: string): Promise<Tab> {
    const opened = new Promise<Page>((resolve) => this.#page.once("popup", (page) => page && resolve(page)));
    await this.click(role, name);
    return new PuppeteerTab(await opened);
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }

  async until(expression: string): Promise<void> {
    const look = `new Promise((is) => { const look = () => (${expression}) ? is(true) : setTimeout(look, 20); look(); })`;
    // A page that is left meanwhile is looked at anew.
    while (!this.#page.isClosed() && (await this.#page.evaluate(look).catch(() => false)) !== true);
  }

  async setOffline(isOffline: boolean): Promise<void> {
    await this.#page.setOfflineMode(isOffline);
  }

  async setSize(width: number, height: number): Promise<void> {
    await this.#page.setViewport({ width, height });
  }

  async setTheme(theme: "light" | "dark"): Promise<void> {
    await this.#page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path, type: "png" });
  }

  async close(): Promise<void> {
    await this.#page.close();
  }

  isClosed(): boolean {
    return this.#page.isClosed();
  }

  /** A tab behind another one draws nothing, and what is not drawn cannot be clicked. */
  async #front(): Promise<void> {
    await this.#page.bringToFront();
  }
}
