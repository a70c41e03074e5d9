import type { Context } from "../../context/context.ts";
import type { MarkdownStreamOptions } from "../../markdown/markdown-stream.ts";
import { showsLinks } from "../../output/hyperlinks.ts";

/** How Markdown is shown on this terminal; undefined where it cannot move its cursor. */
export function markdownOptions({ output, shell }: Context): MarkdownStreamOptions | undefined {
  if (!output.isTerminal || shell.env.TERM === "dumb") return undefined;
  const isStyled = output.paint("bold", "x") !== "x";
  return {
    size: () => ({ columns: output.columns, rows: shell.stdout.rows ?? 24 }),
    paint: output.paint,
    isStyled,
    hasLinks: isStyled && showsLinks(shell.env),
  };
}
