import { FlowithDeveloper, type KnowledgeSession } from "flowith-webapi/developer";
import { useEffect, useRef, useState } from "react";
import { readSettings } from "../client/settings.ts";
import type { KnowledgeTurn } from "./knowledge-turn.ts";

/** Whose knowledge is asked: the key opens it, and these are its ids. */
export interface KnowledgeAccess {
  apiKey: string;
  knowledgeBases: readonly string[];
}

interface Asking {
  turns: readonly KnowledgeTurn[];
  ask(question: string, access: KnowledgeAccess): Promise<void>;
  stop(): void;
}

/** Questions and follow-up questions to knowledge bases. Other bases begin anew. */
export function useKnowledge(): Asking {
  const [turns, setTurns] = useState<readonly KnowledgeTurn[]>([]);
  const open = useRef<{ access: string; session: KnowledgeSession; close(): void }>(null);
  const stopping = useRef<AbortController>(null);

  useEffect(
    () => () => {
      stopping.current?.abort();
      open.current?.close();
      open.current = null;
    },
    [],
  );

  function sessionOf(access: KnowledgeAccess): KnowledgeSession {
    const name = JSON.stringify(access);
    if (open.current?.access === name) return open.current.session;
    open.current?.close();
    const { edgeUrl } = readSettings(import.meta.env);
    const developer = new FlowithDeveloper({ apiKey: access.apiKey, edgeUrl });
    const session = developer.knowledge.startSession({ knowledgeBases: access.knowledgeBases });
    open.current = { access: name, session, close: () => developer.close() };
    return session;
  }

  async function ask(question: string, access: KnowledgeAccess): Promise<void> {
    const key = crypto.randomUUID();
    const change = (changes: Partial<KnowledgeTurn>) =>
      setTurns((before) => before.map((turn) => (turn.key === key ? { ...turn, ...changes } : turn)));
    const stop = new AbortController();
    stopping.current?.abort();
    stopping.current = stop;
    setTurns((before) => [...before, { key, question, searching: undefined, text: "", sources: [], isLive: true }]);
    try {
      for await (const chunk of sessionOf(access).askStream(question, { signal: stop.signal })) {
        const { searching, text, sources } = chunk;
        change({ searching, text, sources: [...sources] });
      }
      change({ isLive: false });
    } catch (problem) {
      change(stop.signal.aborted ? { isLive: false } : { isLive: false, problem });
    }
  }

  return { turns, ask, stop: () => stopping.current?.abort() };
}
