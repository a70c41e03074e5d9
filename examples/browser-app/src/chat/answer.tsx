import { MediaFigure } from "../gallery/media-figure.tsx";
import { Markdown } from "../markdown/markdown.tsx";
import { AnswerActions } from "./answer-actions.tsx";
import { AnswerEnd } from "./answer-end.tsx";
import type { Conversation } from "./conversation.ts";
import { Reasoning } from "./reasoning.tsx";
import { isLive, type Turn } from "./turn.ts";

export function Answer({ turn, conversation }: { turn: Turn; conversation: Conversation }) {
  const live = isLive(turn);
  return (
    <article className="answer" aria-label="Answer" aria-busy={live}>
      {turn.reasoning !== "" && <Reasoning text={turn.reasoning} isGoingOn={live && turn.text === ""} />}
      {live && turn.text === "" && turn.reasoning === "" && (
        <p className="soft waiting">
          <span className="dots" aria-hidden="true" /> Waiting for the answer…
        </p>
      )}
      {turn.text !== "" &&
        (turn.kind === "text" ? (
          <Markdown text={turn.text} />
        ) : (
          <MediaFigure
            media={{ kind: turn.kind, url: turn.text, prompt: turn.prompt, aspectRatio: turn.aspectRatio }}
          />
        ))}
      <AnswerEnd turn={turn} conversation={conversation} />
      <AnswerActions turn={turn} />
    </article>
  );
}
