import { type FormEvent, useState } from "react";
import { useFlowith } from "../client/client-context.ts";
import { ProblemNote } from "../problems/problem-note.tsx";

export function PasswordForm() {
  const flowith = useFlowith();
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  async function signIn(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setProblem(undefined);
    setBusy(true);
    try {
      const [email, password] = [String(fields.get("email")), String(fields.get("password"))];
      await flowith.auth.signInWithPassword({ email, password });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <details className="way">
      <summary>Sign in by e-mail and password</summary>
      <form onSubmit={(event) => void signIn(event)}>
        <label htmlFor="email">E-mail</label>
        <input id="email" name="email" type="email" autoComplete="username" required />
        <label htmlFor="password">Password</label>
        <input id="password" name="password" type="password" autoComplete="current-password" required />
        <button type="submit" disabled={isBusy}>
          Sign in
        </button>
      </form>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </details>
  );
}
