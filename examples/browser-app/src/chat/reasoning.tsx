import { Brain } from "lucide-react";
import { Markdown } from "../markdown/markdown.tsx";

/** What the model thought, folded away. */
export function Reasoning({ text, isGoingOn }: { text: string; isGoingOn: boolean }) {
  return (
    <details className="reasoning">
      <summary>
        <Brain aria-hidden="true" />
        {isGoingOn ? "Thinking…" : "Reasoning"}
      </summary>
      <Markdown text={text} />
    </details>
  );
}
