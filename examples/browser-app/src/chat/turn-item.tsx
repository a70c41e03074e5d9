import { Pencil, RefreshCw } from "lucide-react";
import { memo, useState } from "react";
import { readReferences } from "../inputs/file-references.ts";
import { Answer } from "./answer.tsx";
import { BranchSwitch } from "./branch-switch.tsx";
import type { Conversation } from "./conversation.ts";
import { PromptEditor } from "./prompt-editor.tsx";
import type { Turn } from "./turn.ts";

export interface TurnItemProps {
  turn: Turn;
  /** Itself among what hangs beside it. */
  siblings: readonly Turn[];
  conversation: Conversation;
}

/** What was asked, and what was answered. */
export const TurnItem = memo(function TurnItem({ turn, siblings, conversation }: TurnItemProps) {
  const [isEdited, setEdited] = useState(false);
  const { words, files } = readReferences(turn.prompt);
  return (
    <>
      <article className="prompt" aria-label="You">
        {isEdited ? (
          <PromptEditor
            text={turn.prompt}
            onCancel={() => setEdited(false)}
            onSend={(text) => {
              setEdited(false);
              void conversation.ask({ text, pictures: turn.pictures, model: turn.model }, turn.parentKey);
            }}
          />
        ) : (
          <div className="bubble">
            {turn.pictures.map((url) => (
              <img key={url} src={url} alt="Sent along" />
            ))}
            <p>{words}</p>
            {files.map(({ name, url }) => (
              <a key={url} href={url} target="_blank" rel="noreferrer">
                {name}
              </a>
            ))}
          </div>
        )}
        <div className="actions">
          <BranchSwitch turn={turn} siblings={siblings} conversation={conversation} />
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
          <button type="button" className="icon" aria-label="Edit" onClick={() => setEdited(true)}>
            <Pencil aria-hidden="true" />
          </button>
        </div>
      </article>
      <Answer turn={turn} conversation={conversation} />
    </>
  );
});
