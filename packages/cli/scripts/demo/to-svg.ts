import { COLUMNS, type Frame, ROWS, type Span } from "./recording.ts";

const CELL = 8.4;
const LINE = 18;
const PADDING = 16;
const FONT_SIZE = 14;
const BACKGROUND = "#16181d";
const FOREGROUND = "#d7dae0";
/** The sixteen colours of a terminal; readable on the background. */
const PALETTE = [
  ["#3b4048", "#ef6b73", "#7fcf8a", "#e5c07b", "#6cb2f0", "#c792ea", "#56c8d8", "#d7dae0"],
  ["#7d8590", "#ff8b92", "#a2e6ab", "#ffd68a", "#93ccff", "#deb3ff", "#86e3f0", "#ffffff"],
].flat();
/** How long the last screen stays before it begins anew. */
const LAST_MS = 4_000;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);

function colorOf(color: Span["color"]): string {
  if (typeof color === "string") return color;
  return (color === undefined ? undefined : PALETTE[color]) ?? FOREGROUND;
}

function lineOf(spans: readonly Span[]): string {
  const parts = spans.map((span) => {
    const fill = span.isInverse ? BACKGROUND : colorOf(span.color);
    const attributes = [
      `x="${(span.column * CELL).toFixed(1)}"`,
      fill === FOREGROUND ? "" : `fill="${fill}"`,
      span.isBold ? 'font-weight="bold"' : "",
      span.isItalic ? 'font-style="italic"' : "",
      span.isDim ? 'opacity=".6"' : "",
    ];
    return `<tspan ${attributes.filter(Boolean).join(" ")}>${escaped(span.text)}</tspan>`;
  });
  return parts.join("");
}

/** A row that shows the same from one moment to another. */
interface Stay {
  row: number;
  content: string;
  fromMs: number;
  toMs: number;
}

function staysOf(frames: readonly Frame[], totalMs: number): Stay[] {
  const stays: Stay[] = [];
  const open = new Map<number, Stay>();
  for (const { atMs, lines } of frames) {
    for (const [row, spans] of lines.entries()) {
      const content = lineOf(spans);
      const before = open.get(row);
      if (before?.content === content) continue;
      if (before !== undefined) before.toMs = atMs;
      open.delete(row);
      if (content === "") continue;
      const stay = { row, content, fromMs: atMs, toMs: totalMs };
      open.set(row, stay);
      stays.push(stay);
    }
  }
  return stays;
}

/** A recording as a picture that moves by itself; who wants no motion sees its last screen. */
export function toSvg(frames: readonly Frame[], title: string): string {
  const firstMs = frames[0]?.atMs ?? 0;
  const moved = frames.map((frame) => ({ ...frame, atMs: frame.atMs - firstMs }));
  const totalMs = (moved.at(-1)?.atMs ?? 0) + LAST_MS;
  const percent = (ms: number): string => `${((ms / totalMs) * 100).toFixed(2)}%`;
  const stays = staysOf(moved, totalMs);
  const width = Math.ceil(COLUMNS * CELL + 2 * PADDING);
  const height = ROWS * LINE + 2 * PADDING;
  const keyframes = stays.map(({ fromMs, toMs }, id) => {
    const end = toMs >= totalMs ? "" : `${percent(toMs)}{visibility:hidden}`;
    return `@keyframes k${id}{0%{visibility:hidden}${percent(fromMs)}{visibility:visible}${end}}#s${id}{animation-name:k${id}}`;
  });
  const still = stays.map(({ toMs }, id) => (toMs >= totalMs ? `#s${id}{visibility:visible}` : "")).join("");
  const texts = stays.map(
    ({ row, content }, id) => `<text id="s${id}" y="${row * LINE + FONT_SIZE}" xml:space="preserve">${content}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<style>
text{fill:${FOREGROUND};font:${FONT_SIZE}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;visibility:hidden;animation:${totalMs.toFixed(0)}ms step-end infinite}
${keyframes.join("\n")}
@media (prefers-reduced-motion:reduce){text{animation:none!important}${still}}
</style>
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
<g transform="translate(${PADDING} ${PADDING})">
${texts.join("\n")}
</g>
</svg>
`;
}
