type Env = Readonly<Record<string, string | undefined>>;

const programs = new Set(["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"]);

/** The first VTE that does not crash or print on an address (OSC 8). */
const FIRST_VTE = 5_000;

/**
 * Whether a terminal is known to show links (OSC 8). Some print the address as garbage, so what is not known has none; nor
 * has a multiplexer, which does not tell what it runs in.
 */
export function showsLinks(env: Env): boolean {
  const { TERM = "", TERM_PROGRAM = "", VTE_VERSION = "0" } = env;
  if (/^(screen|tmux|dumb)/.test(TERM) || env.TMUX !== undefined || env.STY !== undefined) return false;
  if (programs.has(TERM_PROGRAM) || env.WT_SESSION !== undefined || env.KITTY_WINDOW_ID !== undefined) return true;
  return /^(xterm-kitty|alacritty|foot|xterm-ghostty)/.test(TERM) || Number(VTE_VERSION) >= FIRST_VTE;
}
