import type { Shell } from "../shell.ts";

export type PreviewProtocol = "kitty" | "iterm2";

/** What kitty takes in one escape sequence. */
const PIECE_CHARACTERS = 4_096;
/** Beyond it the terminal would be busy for longer than a look is worth. */
const MAX_BYTES = 16 * 1024 * 1024;
/** About as wide as a cell is in most terminals; a picture is never enlarged much, and never wider than the window. */
const CELL_PIXELS = 9;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * How the terminal that stdout is shows pictures; undefined where it does not, or nobody knows. tmux and screen pass the
 * sequences of neither on.
 */
export function previewProtocol({ env, stdout }: Pick<Shell, "env" | "stdout">): PreviewProtocol | undefined {
  const { TERM = "", TERM_PROGRAM = "" } = env;
  const has = (name: string): boolean => (env[name] ?? "") !== "";
  if (stdout.isTTY !== true || has("TMUX") || has("STY") || /^(screen|tmux|dumb)/.test(TERM)) return undefined;
  if (has("KITTY_WINDOW_ID") || TERM === "xterm-kitty" || TERM === "xterm-ghostty" || TERM_PROGRAM === "ghostty")
    return "kitty";
  return TERM_PROGRAM === "iTerm.app" || TERM_PROGRAM === "WezTerm" ? "iterm2" : undefined;
}

/** What shows the picture where the cursor is; undefined for what this terminal cannot show. */
export function picturePreview(bytes: Uint8Array, protocol: PreviewProtocol, columns: number): string | undefined {
  if (bytes.length === 0 || bytes.length > MAX_BYTES) return undefined;
  const data = Buffer.from(bytes);
  if (protocol === "iterm2") return `\u001b]1337;File=inline=1;size=${data.length}:${data.toString("base64")}\u0007`;
  if (!data.subarray(0, 8).equals(PNG_SIGNATURE) || data.length < 24) return undefined;
  return kitty(data.toString("base64"), cellsOf(data.readUInt32BE(16), columns));
}

function cellsOf(widthPixels: number, columns: number): number {
  return Math.max(1, Math.min(columns, Math.ceil(widthPixels / CELL_PIXELS)));
}

/** https://sw.kovidgoyal.net/kitty/graphics-protocol/ */
function kitty(base64: string, columns: number): string {
  const pieces: string[] = [];
  for (let at = 0; at < base64.length; at += PIECE_CHARACTERS) {
    const more = at + PIECE_CHARACTERS < base64.length ? 1 : 0;
    // q=2: an answer of the terminal would be typed into the shell
    const control = at === 0 ? `a=T,f=100,q=2,c=${columns},m=${more}` : `q=2,m=${more}`;
    pieces.push(`\u001b_G${control};${base64.slice(at, at + PIECE_CHARACTERS)}\u001b\\`);
  }
  return pieces.join("");
}
