import { Markdown } from "../markdown/markdown.tsx";
import type { KnowledgeTurn } from "./knowledge-turn.ts";

/** How much of a passage tells it from the others. */
const EXCERPT = 60;

export function KnowledgeAnswer({ turn: { text, sources, searching, isLive } }: { turn: KnowledgeTurn }) {
  return (
    <>
      {isLive && text === "" && (
        <p className="soft waiting">
          <span className="dots" aria-hidden="true" /> {searching ? `Looking for “${searching}”…` : "Looking…"}
        </p>
      )}
      {text !== "" && <Markdown text={text} />}
      {sources.length > 0 && (
        <section className="sources" aria-label="Sources">
          <h3>Sources</h3>
          <ol>
            {sources.map(({ id, title, text: passage }) => (
              <li key={id}>
                <details>
                  <summary>
                    {title ?? "A passage"}{" "}
                    <span className="soft">{passage?.replace(/^[#\s]+/, "").slice(0, EXCERPT)}…</span>
                  </summary>
                  <blockquote>{passage}</blockquote>
                </details>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
