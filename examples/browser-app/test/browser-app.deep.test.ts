import { afterAll, afterEach, beforeAll } from "vitest";
import { testChat } from "./chat.ts";
import { openChromium } from "./puppeteer-driver.ts";
import { testSignIn } from "./sign-in.ts";
import { openWorld } from "./world.ts";

let world: Awaited<ReturnType<typeof openWorld>>;

beforeAll(async () => {
  world = await openWorld(openChromium);
});

afterEach(async () => {
  world.emulator.faults.remove();
  await world.driver.closeTabs();
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
});

testSignIn(() => world);
testChat(() => world);
