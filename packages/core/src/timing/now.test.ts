import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Where a time leaves the process, or comes from outside: stamps of handles, lives of sessions, dates in headers. */
const STAMPS = [
  "developer/developer-media.ts",
  "http/retry-after.ts",
  "jobs/handle-keeper.ts",
  "jobs/submission.ts",
  "resources/account.ts",
  "session/auth-session.ts",
  "session/session-errors.ts",
  "session/token-life.ts",
];

it("nothing but a stamp is read from the date, which may be set back or ahead at any moment", () => {
  const readers = globSync("**/*.ts", { cwd: root })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .filter((file) =>
      /\bDate\.now\b|new Date\(\)/.test(readFileSync(join(root, file), "utf8").replaceAll(/`[^`]*`/g, "")),
    );
  expect(readers.sort()).toEqual(STAMPS);
});
