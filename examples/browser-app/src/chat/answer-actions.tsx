import { Check, Copy, RefreshCw } from "lucide-react";
import { useState } from "react";
import type { Conversation } from "./conversation.ts";
import { isLive, type Turn } from "./turn.ts";

const SHOWN_MS = 1_500;

/** Has its room from the start, so that nothing moves when the answer has ended. */
export function AnswerActions({ turn, conversation }: { turn: Turn; conversation: Conversation }) {
  const [isCopied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(turn.text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  }

  return (
    <div className="actions">
      {turn.text !== "" && !isLive(turn) && (
        <button type="button" className="icon" aria-label={isCopied ? "Copied" : "Copy"} onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        </button>
      )}
      {turn.kind === "text" && (
        <button
          type="button"
          className="icon"
          aria-label="Another answer"
          onClick={() => void conversation.askAgain(turn.key)}
        >
          <RefreshCw aria-hidden="true" />
        </button>
      )}
      <span className="soft model">{turn.model}</span>
    </div>
  );
}
