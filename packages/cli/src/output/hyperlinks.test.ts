import { expect, it } from "vitest";
import { showsLinks } from "./hyperlinks.ts";

it.each([
  [{ TERM: "xterm-kitty", KITTY_WINDOW_ID: "1" }, true],
  [{ TERM: "xterm-256color", TERM_PROGRAM: "WezTerm" }, true],
  [{ TERM: "xterm-256color", VTE_VERSION: "7600" }, true],
  [{ TERM: "xterm-256color", VTE_VERSION: "4800" }, false],
  [{ TERM: "xterm-256color" }, false],
  [{ TERM: "tmux-256color", KITTY_WINDOW_ID: "1" }, false],
  [{ TERM: "xterm-kitty", TMUX: "/tmp/tmux" }, false],
  [{}, false],
])("shows links only where a terminal is known to: %o", (env, expected) => {
  expect(showsLinks(env)).toBe(expected);
});
