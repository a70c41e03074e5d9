import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { CornerDownRight, LoaderCircle, MessageSquare } from "lucide-react";
import { memo } from "react";
import { isLive, type Turn } from "../chat/turn.ts";
import { readReferences } from "../inputs/file-references.ts";
import { Markdown } from "../markdown/markdown.tsx";
import { inWords } from "../problems/in-words.ts";

export type TurnNode = Node<TurnCardData, "turn">;

export interface TurnCardData extends Record<string, unknown> {
  turn: Turn;
  isActive: boolean;
  onGoOn(key: string): void;
  onRead(key: string): void;
  /** The keyboard has come to it. */
  onReached(key: string): void;
}

/** A turn on the canvas. */
export const TurnCard = memo(function TurnCard({ data }: NodeProps<TurnNode>) {
  const { turn, isActive, onGoOn, onRead, onReached } = data;
  const { words } = readReferences(turn.prompt);
  return (
    <article
      className={isActive ? "card active" : "card"}
      aria-label={`Turn: ${words}`}
      aria-current={isActive}
      onFocus={({ target }) => target.matches(":focus-visible") && onReached(turn.key)}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <p className="card-prompt">{words}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus */}
      <section className="card-answer nowheel nodrag" tabIndex={0} aria-label="Answer">
        <Content turn={turn} />
      </section>
      <div className="actions nodrag">
        <button type="button" aria-pressed={isActive} onClick={() => onGoOn(turn.key)}>
          <CornerDownRight aria-hidden="true" /> Go on from here
        </button>
        <button type="button" onClick={() => onRead(turn.key)}>
          <MessageSquare aria-hidden="true" /> Read
        </button>
        {isLive(turn) && <LoaderCircle className="turning" role="img" aria-label="is being written" />}
      </div>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </article>
  );
});

function Content({ turn: { kind, text, state, problem, prompt } }: { turn: Turn }) {
  if (state === "failed") return <p className="soft">{inWords(problem).what}</p>;
  if (text === "") return <p className="soft">{state === "waiting" ? "Waiting for the answer…" : "No answer yet."}</p>;
  if (kind === "image") return <img src={text} alt={prompt} loading="lazy" />;
  // biome-ignore lint/a11y/useMediaCaption: what was made has no words
  if (kind === "video") return <video src={text} controls preload="metadata" aria-label={prompt} />;
  return <Markdown text={text} />;
}
