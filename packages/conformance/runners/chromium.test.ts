import { fileURLToPath } from "node:url";
import { browserBundle, inChromium } from "../../emulator/src/testing/in-chromium.ts";
import { describeRuntime } from "./describe-runtime.ts";
import { only } from "./selected-cases.ts";

describeRuntime("Chromium", async (emulatorUrl, onResult) => {
  const script = await browserBundle(fileURLToPath(new URL("./browser-main.ts", import.meta.url)));
  await inChromium<void>({
    read: (path) => (path === "/main.js" ? script : undefined),
    query: { emulator: emulatorUrl, only },
    onPost(path, body, end) {
      if (path === "/result") onResult(JSON.parse(body));
      if (path === "/end") end();
      return undefined;
    },
    limitMs: 200_000,
  });
});
