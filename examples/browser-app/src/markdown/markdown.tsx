import { memo, useMemo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { blocksOf } from "./blocks.ts";

const components: Components = {
  a: ({ node: _node, children, ...rest }) => (
    <a {...rest} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
  // A wide table or line of code scrolls by itself, by keys too.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus
  pre: ({ node: _node, children }) => <pre tabIndex={0}>{children}</pre>,
  table: ({ node: _node, children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus
    <div className="table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
};

/** What a model has written. Its HTML is cleaned of all that could act in this page. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div className="markdown">
      {blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only added, and the last one grows
        <Block key={place} text={block} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSanitize]} components={components}>
      {text}
    </ReactMarkdown>
  );
});
