import { RotateCw } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "../client/store.ts";
import { DropArea } from "../inputs/drop-area.tsx";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";
import { Composer } from "./composer.tsx";
import type { Conversation } from "./conversation.ts";
import { Starters } from "./starters.tsx";
import { isLive } from "./turn.ts";
import { TurnItem } from "./turn-item.tsx";
import { pathTo, turnTree } from "./turn-tree.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";

/** One branch of a conversation, and what goes on from it. */
export function ChatView({ conversation }: { conversation: Conversation }) {
  const desk = useDesk();
  const { turns, activeKey, load, problem } = useStore(conversation.store);
  const { scroller, content, toEnd } = useStickToEnd();
  const field = useRef<HTMLTextAreaElement>(null);
  const path = useMemo(() => pathTo(turns, activeKey), [turns, activeKey]);
  const tree = useMemo(() => turnTree(turns.values()), [turns]);
  const last = path.at(-1);
  const isBusy = last !== undefined && isLive(last);

  useEffect(() => {
    void conversation.load();
  }, [conversation]);

  return (
    <DropArea inputs={desk.inputs} className="chat-area">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus */}
      <section ref={scroller} className="scroller" tabIndex={0} aria-label="Conversation">
        <div ref={content} className="turns" role="log" aria-label="Turns" aria-busy={isBusy || load === "loading"}>
          {load === "failed" && (
            <ProblemNote problem={problem}>
              <button type="button" onClick={() => void conversation.load()}>
                <RotateCw aria-hidden="true" /> Try again
              </button>
            </ProblemNote>
          )}
          {load === "loaded" && turns.size === 0 && (
            <Starters
              onChosen={(text) => {
                conversation.draft.set(() => text);
                field.current?.focus();
              }}
            />
          )}
          {path.map((turn) => (
            <TurnItem
              key={turn.key}
              turn={turn}
              siblings={tree.get(turn.parentKey) ?? [turn]}
              conversation={conversation}
            />
          ))}
        </div>
      </section>
      <Composer
        field={field}
        conversation={conversation}
        live={isBusy ? last : undefined}
        onSend={(question) => {
          toEnd();
          void conversation.ask(question, last?.key);
        }}
      />
    </DropArea>
  );
}
