import type { ConversationRecord } from "flowith-webapi";
import { LoaderCircle, Plus, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useFlowith } from "../client/client-context.ts";
import { useStore } from "../client/store.ts";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";
import { go, type Route } from "../shell/route.ts";
import { titleOf } from "./title-of.ts";

export interface ConversationLinksProps {
  route: Route;
  onChosen?: () => void;
}

export function ConversationLinks({ route, onChosen }: ConversationLinksProps) {
  const desk = useDesk();
  const { value: list, isLoading, problem } = useStore(desk.list.store);
  const view = route.view === "canvas" ? "canvas" : "chat";

  function open(convId: string | undefined): void {
    go({ view, convId });
    onChosen?.();
  }

  return (
    <section className="conversations" aria-label="Conversations" aria-busy={isLoading}>
      <button type="button" className="new" onClick={() => open(undefined)}>
        <Plus aria-hidden="true" /> New conversation
      </button>
      {problem !== undefined && (
        <ProblemNote problem={problem}>
          <button type="button" onClick={() => void desk.list.load()}>
            <RotateCw aria-hidden="true" /> Try again
          </button>
        </ProblemNote>
      )}
      {list?.length === 0 && <p className="soft">Nothing here yet. Ask something.</p>}
      <ul>
        {list?.map((record) => (
          <ConversationLink key={record.convId} record={record} route={route} open={open} />
        ))}
      </ul>
    </section>
  );
}

interface ConversationLinkProps {
  record: ConversationRecord;
  route: Route;
  open(convId: string | undefined): void;
}

function ConversationLink({ record, route, open }: ConversationLinkProps) {
  const desk = useDesk();
  const flowith = useFlowith();
  const { convId } = record;
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const title = titleOf(record, desk.firstPrompt(convId));
  const isOpen = convId === route.convId && (route.view === "chat" || route.view === "canvas");

  async function remove(): Promise<void> {
    try {
      await flowith.conversations.delete(convId);
      desk.forget(convId);
      if (route.convId === convId) open(undefined);
      await desk.list.load();
    } catch (error) {
      setProblem(error);
      setAsked(false);
    }
  }

  return (
    <li>
      <a
        href={`?conversation=${convId}`}
        aria-current={isOpen ? "page" : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          open(convId);
        }}
      >
        <span className="title">{title}</span>
        {desk.isWriting(convId) && <LoaderCircle className="turning" aria-label="is being answered" role="img" />}
      </a>
      {isAsked ? (
        <button type="button" className="danger" onClick={() => void remove()} onBlur={() => setAsked(false)}>
          Delete it?
        </button>
      ) : (
        <button type="button" className="icon" aria-label={`Delete ${title}`} onClick={() => setAsked(true)}>
          <Trash2 aria-hidden="true" />
        </button>
      )}
      {problem !== undefined && <ProblemNote problem={problem} />}
    </li>
  );
}
