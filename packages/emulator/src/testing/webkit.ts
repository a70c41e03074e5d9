import { type Browser, firstPlace, startBrowser } from "./browser.ts";
import { findXvfb, startDisplay } from "./display.ts";

const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec"];

/** GTK's, the WebKit that Linux has: Safari's engine, with network and media of its own. It knows no mode without a display. */
export const webkit: Browser = {
  name: "WebKit",
  packages: ["webkit2gtk-driver", "xvfb"],
  variable: "WEBKIT_PATH",
  find: () =>
    findXvfb() &&
    firstPlace(
      "WEBKIT_PATH",
      folders.map((folder) => `${folder}/webkit2gtk-4.1/MiniBrowser`),
    ),
  async open(place, profileFolder, url) {
    const display = await startDisplay();
    const browser = startBrowser(place, ["--javascript-can-open-windows-automatically=true", url], {
      DISPLAY: display.name,
      GDK_BACKEND: "x11",
      HOME: profileFolder,
      XDG_DATA_HOME: profileFolder,
      XDG_CACHE_HOME: profileFolder,
      XDG_CONFIG_HOME: profileFolder,
      LIBGL_ALWAYS_SOFTWARE: "1",
      // Its sandbox wants rights that a container does not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    });
    return {
      ended: browser.ended,
      async close() {
        await browser.close();
        await display.close();
      },
    };
  },
};
