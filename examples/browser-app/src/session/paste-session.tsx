import { type FormEvent, useState } from "react";
import { useFlowith } from "../client/client-context.ts";
import { ProblemNote } from "../problems/problem-note.tsx";

const KEY = "sb-aibdxsebwhalbnugsqel-auth-token";
const COMMAND = `copy(localStorage["${KEY}"])`;

/** For services that lead nobody back to this page: the session that their own page keeps. */
export function PasteSession({ isOpen }: { isOpen: boolean }) {
  const flowith = useFlowith();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<unknown>();

  async function take(event: FormEvent): Promise<void> {
    event.preventDefault();
    setProblem(undefined);
    try {
      await flowith.auth.setSession(text);
    } catch (error) {
      setProblem(error);
    }
  }

  return (
    <details className="way" open={isOpen}>
      <summary>Paste the session of flowith.io</summary>
      <ol>
        <li>
          Sign in at{" "}
          <a href="https://flowith.io" target="_blank" rel="noreferrer">
            flowith.io
          </a>
          , in this browser or another one.
        </li>
        <li>There, open the developer tools (F12, or ⌥⌘I on a Mac) and their Console.</li>
        <li>
          Enter <code>{COMMAND}</code>, which copies your session.
        </li>
        <li>Paste it here, and close that tab without signing out: from now on the session lives here.</li>
      </ol>
      <form onSubmit={(event) => void take(event)}>
        <label htmlFor="pasted-session">Session</label>
        <textarea
          id="pasted-session"
          rows={3}
          required
          autoComplete="off"
          spellCheck={false}
          placeholder='{"access_token":"…","refresh_token":"…"}'
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit">Use this session</button>
      </form>
      <p className="soft">Who has this text can act as you: give it to nobody, and only to pages that you trust.</p>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </details>
  );
}
