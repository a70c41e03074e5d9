import { useEffect, useRef, useState } from "react";
import { useFlowith } from "../client/client-context.ts";
import { SESSION_KEY } from "../client/create-client.ts";
import { ProblemNote } from "../problems/problem-note.tsx";
import { PasswordForm } from "./password-form.tsx";
import { PasteSession } from "./paste-session.tsx";
import { signInByPopup } from "./sign-in-by-popup.ts";
import { signInByRedirect } from "./sign-in-by-redirect.ts";
import type { SessionState } from "./use-session.ts";

const PROVIDERS = [
  ["google", "Google"],
  ["github", "GitHub"],
] as const;

const POPUP = "popup,width=480,height=720";

const REASONS = {
  nobody: undefined,
  "signed-out": "You are signed out.",
  expired: "Your sign-in is over. Sign in again to go on; what you have written is kept.",
};

/** Whom it is shown to, and what has happened before. */
export interface SignInPageProps {
  reason: Extract<SessionState, { userId: undefined }>["reason"];
  problem?: unknown;
  isBackWithoutSession: boolean;
}

export function SignInPage({ reason, problem: arrived, isBackWithoutSession }: SignInPageProps) {
  const flowith = useFlowith();
  const attempt = useRef<AbortController>(null);
  const [problem, setProblem] = useState(arrived);
  const [isWaiting, setWaiting] = useState(false);
  const [isStranded, setStranded] = useState(isBackWithoutSession);
  const [isHere, setHere] = useState(false);

  useEffect(() => {
    // The browser may show the page again as it was left.
    const isBack = ({ persisted }: PageTransitionEvent) => persisted && setStranded(true);
    // A client is one user's: whoever has signed in in another tab is taken up by a page that begins anew.
    const isNews = ({ key, newValue }: StorageEvent) => key === SESSION_KEY && newValue !== null && location.reload();
    addEventListener("pageshow", isBack);
    addEventListener("storage", isNews);
    return () => {
      removeEventListener("pageshow", isBack);
      removeEventListener("storage", isNews);
      attempt.current?.abort();
    };
  }, []);

  async function signIn(provider: string): Promise<void> {
    attempt.current?.abort();
    const stop = new AbortController();
    attempt.current = stop;
    const { signal } = stop;
    // In the click itself, or it would be blocked.
    const popup = isHere ? null : window.open("", "flowith-sign-in", POPUP);
    setProblem(undefined);
    setWaiting(true);
    try {
      // Where windows are blocked all the same, this tab will do.
      if (popup === null) return await signInByRedirect(flowith, provider);
      await signInByPopup(flowith, popup, {
        provider,
        signal,
        onClosed: () => {
          setWaiting(false);
          setStranded(true);
        },
      });
    } catch (error) {
      if (signal.aborted) return;
      setProblem(error);
      setWaiting(false);
    }
  }

  return (
    <main className="sign-in">
      <h1>Flowith in a page</h1>
      <p className="soft">Chat, pictures and clips with your own Flowith account. Unofficial.</p>
      {REASONS[reason] && <p role="status">{REASONS[reason]}</p>}
      <div className="sign-in-ways">
        {PROVIDERS.map(([provider, name]) => (
          <button key={provider} type="button" className="primary" onClick={() => void signIn(provider)}>
            Sign in with {name}
          </button>
        ))}
      </div>
      <label className="check">
        <input type="checkbox" checked={isHere} onChange={(event) => setHere(event.target.checked)} />
        In this tab, without another window
      </label>
      <p role="status" className="soft">
        {isWaiting && (isHere ? "On the way to the sign-in…" : "Go on in the other window.")}
      </p>
      {problem !== undefined && <ProblemNote problem={problem} />}
      {isStranded && (
        <p role="status" className="note">
          The sign-in did not come back here. Flowith may send people back to its own site alone; then bring your
          session from there, as the steps below say.
        </p>
      )}
      <PasteSession isOpen={isStranded} />
      <PasswordForm />
    </main>
  );
}
