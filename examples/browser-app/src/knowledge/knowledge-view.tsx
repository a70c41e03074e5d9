import { type FormEvent, useState } from "react";
import { ProblemNote } from "../problems/problem-note.tsx";
import { AccessFields } from "./access-fields.tsx";
import { KnowledgeAnswer } from "./knowledge-answer.tsx";
import { type KnowledgeAccess, useKnowledge } from "./use-knowledge.ts";

/** Answers out of the user's own documents, with what they are taken from. */
export function KnowledgeView() {
  const { turns, ask, stop } = useKnowledge();
  const [access, setAccess] = useState<KnowledgeAccess>();
  const [question, setQuestion] = useState("");
  const isLive = turns.at(-1)?.isLive === true;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isLive) {
      stop();
      return;
    }
    if (access === undefined || question.trim() === "") return;
    setQuestion("");
    void ask(question.trim(), access);
  }

  return (
    <div className="page">
      <AccessFields onChange={setAccess} />
      <div role="log" aria-label="Answers" aria-busy={isLive} className="turns">
        {turns.map((turn) => (
          <article key={turn.key} className="answer" aria-label={turn.question}>
            <h2>{turn.question}</h2>
            <KnowledgeAnswer turn={turn} />
            {turn.problem !== undefined && (
              <ProblemNote problem={turn.problem}>
                <button
                  type="button"
                  disabled={access === undefined}
                  onClick={() => access && void ask(turn.question, access)}
                >
                  Try again
                </button>
              </ProblemNote>
            )}
          </article>
        ))}
      </div>
      <form className="composer" onSubmit={submit} aria-label="Ask">
        <input
          type="text"
          aria-label="Question"
          placeholder="When does the ferry leave?"
          value={question}
          onChange={({ target }) => setQuestion(target.value)}
        />
        <div className="composer-row">
          {access === undefined && <p className="soft">Give a key and a knowledge base first.</p>}
          <button
            type="submit"
            className="primary"
            disabled={!isLive && (access === undefined || question.trim() === "")}
          >
            {isLive ? "Stop" : "Ask"}
          </button>
        </div>
      </form>
    </div>
  );
}
