import { afterAll, afterEach, beforeAll } from "vitest";
import { testAccessibility } from "./accessibility.ts";
import { testCanvas } from "./canvas.ts";
import { testChat } from "./chat.ts";
import { testFiles } from "./files.ts";
import { testGallery } from "./gallery.ts";
import { testKnowledge } from "./knowledge.ts";
import { testPassThrough } from "./pass-through.ts";
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

testAccessibility(() => world);
testFiles(() => world);
testCanvas(() => world);
testGallery(() => world);
testKnowledge(() => world);
testChat(() => world);
testSignIn(() => world);
// In this file, since Vite lets nobody build the app twice at once.
testPassThrough(openChromium);
