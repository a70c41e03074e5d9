import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { isLive, type Turn } from "./turn.ts";

const SHOWN_MS = 1_500;

/** Has its room from the start, so that nothing moves when the answer has ended, and is not seen to move before. */
export function AnswerActions({ turn }: { turn: Turn }) {
  const [isCopied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(turn.text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  }

  return (
    <div className="actions" style={{ visibility: isLive(turn) ? "hidden" : "visible" }}>
      {turn.text !== "" && (
        <button type="button" className="icon" aria-label={isCopied ? "Copied" : "Copy"} onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        </button>
      )}
      <span className="soft model">{turn.model}</span>
    </div>
  );
}
