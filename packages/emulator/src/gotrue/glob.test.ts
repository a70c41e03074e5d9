import { describe, expect, it } from "vitest";
import { globToPattern } from "./glob.ts";

describe("globToPattern", () => {
  it.each([
    ["https://flowith.io/**", "https://flowith.io/a/b.html?c=d", true],
    ["https://flowith.io/**", "https://flowith.io", false],
    ["https://flowith.io/*", "https://flowith.io/a", true],
    ["https://flowith.io/*", "https://flowith.io/a/b", false],
    ["https://*.flowith.io", "https://a.flowith.io", true],
    ["https://*.flowith.io", "https://a.b.flowith.io", false],
    ["http://localhost:*/**", "http://localhost:3000/", true],
    ["http://localhost:300?/", "http://localhost:3001/", true],
    ["http://localhost:300?/", "http://localhost:300/", false],
    ["http://localhost:300[12]/", "http://localhost:3002/", true],
    ["http://localhost:300[!12]/", "http://localhost:3002/", false],
    ["{https,http}://flowith.io/", "http://flowith.io/", true],
    ["https://flowith.io/", "https://flowithXio/", false],
  ])("%s against %s: %s", (glob, text, matches) => {
    expect(globToPattern(glob).test(text)).toBe(matches);
  });
});
