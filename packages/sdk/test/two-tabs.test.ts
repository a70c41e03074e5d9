import { fileURLToPath } from "node:url";
import { startEmulator } from "@flowith-webapi/emulator";
import { expect, it } from "vitest";
import { browsers, isLeftOut } from "../../emulator/src/testing/browsers.ts";
import { browserBundle, inBrowser } from "../../emulator/src/testing/in-browser.ts";

for (const browser of browsers) {
  it.skipIf(isLeftOut(browser))(
    `two tabs in ${browser.name} with one localStorage stay signed in when they refresh at the same moment`,
    async () => {
      await using emulator = await startEmulator();
      const { id, token, refreshToken } = await emulator.createUser({ expiresInSeconds: 30 });
      const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
      const common = {
        options: JSON.stringify({ edgeUrl, supabaseUrl, supabaseKey }),
        // Close to its end: the first call refreshes.
        session: JSON.stringify({ accessToken: token, refreshToken, expiresAtMs: Date.now() + 30_000, userId: id }),
      };
      const script = await browserBundle(fileURLToPath(new URL("./tab-main.ts", import.meta.url)));
      const rounds = ["stored", "call", "refresh", "refresh", "refresh", "over"];
      const answers: unknown[] = [];
      let waiting: ((round: string) => void)[] = [];
      await inBrowser<void>(browser, {
        read: (path) => (path === "/main.js" ? script : undefined),
        query: common,
        async onPost(path, body, end) {
          if (path === "/answer") {
            answers.push(JSON.parse(body));
            return undefined;
          }
          const met = Promise.withResolvers<string>();
          waiting.push(met.resolve);
          if (waiting.length === 2) {
            const round = rounds.shift() ?? "over";
            // The time within which a spent token is forgiven is over.
            if (round === "refresh") emulator.clock.advance(11_000);
            for (const go of waiting) go(round);
            waiting = [];
            if (round === "over") end();
          }
          return met.promise;
        },
        limitMs: 60_000,
      });
      expect(answers).toEqual(Array(8).fill(id));
      const grants = emulator.journal.list({ route: "POST /auth/v1/token" });
      expect(grants.length).toBeGreaterThanOrEqual(4);
      expect(grants.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    },
  );

  it.skipIf(isLeftOut(browser))(
    `a tab in ${browser.name} is shown at once that the other one has signed out`,
    async () => {
      await using emulator = await startEmulator();
      const { id, token, refreshToken } = await emulator.createUser();
      const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
      const script = await browserBundle(fileURLToPath(new URL("./sign-out-main.ts", import.meta.url)));
      const answer = await inBrowser<string>(browser, {
        read: (path) => (path === "/main.js" ? script : undefined),
        query: {
          options: JSON.stringify({ edgeUrl, supabaseUrl, supabaseKey }),
          session: JSON.stringify({
            accessToken: token,
            refreshToken,
            expiresAtMs: Date.now() + 3_600_000,
            userId: id,
          }),
        },
        async onPost(_path, body, end) {
          end(body);
          return undefined;
        },
        limitMs: 60_000,
      });
      expect(JSON.parse(answer)).toEqual(["signed-out", null]);
    },
  );
}
