import { RotateCw } from "lucide-react";
import { ProblemNote } from "../problems/problem-note.tsx";
import type { Conversation } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/** How an answer ended, where that was not well, and what can be done. */
export function AnswerEnd({ turn, conversation }: { turn: Turn; conversation: Conversation }) {
  const { state, problem, handle, key } = turn;
  const rest = handle !== undefined && (
    <button type="button" onClick={() => void conversation.fetchRest(key)}>
      <RotateCw aria-hidden="true" /> Show the whole answer
    </button>
  );
  switch (state) {
    case "stopped":
      return (
        <div className="note">
          <p>Stopped. Flowith may have written on.</p>
          {rest}
        </div>
      );
    case "failed":
      return (
        <ProblemNote problem={problem}>
          <button type="button" onClick={() => void conversation.askAgain(key)}>
            <RotateCw aria-hidden="true" /> Try again
          </button>
          {handle !== undefined && turn.text !== "" && rest}
        </ProblemNote>
      );
    case "unknown":
      return (
        <div className="note">
          <p>This has no answer yet. It may be written just now.</p>
          <button type="button" onClick={() => void conversation.reload()}>
            <RotateCw aria-hidden="true" /> Look again
          </button>
        </div>
      );
    default:
      return null;
  }
}
