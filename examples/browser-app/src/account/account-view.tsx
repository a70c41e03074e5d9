import type { CreditBalance } from "flowith-webapi";
import { useState } from "react";
import { forgetDrafts } from "../chat/draft.ts";
import { useFlowith } from "../client/client-context.ts";
import { useStore } from "../client/store.ts";
import { ModelTable } from "../models/model-table.tsx";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";

export function AccountView() {
  const desk = useDesk();
  const flowith = useFlowith();
  const { value: balance, problem } = useStore(desk.credits.store);
  const [signOutProblem, setSignOutProblem] = useState<unknown>();

  async function signOut(): Promise<void> {
    try {
      // This session alone: the web app in another tab stays signed in.
      await flowith.auth.logout({ scope: "local" });
      forgetDrafts();
    } catch (error) {
      setSignOutProblem(error);
    }
  }

  return (
    <div className="page">
      <section aria-labelledby="credits">
        <h2 id="credits">Credits</h2>
        {problem !== undefined && (
          <ProblemNote problem={problem}>
            <button type="button" onClick={() => void desk.credits.load()}>
              Try again
            </button>
          </ProblemNote>
        )}
        {balance && <Balance balance={balance} />}
        <button type="button" onClick={() => void signOut()}>
          Sign out
        </button>
        {signOutProblem !== undefined && <ProblemNote problem={signOutProblem} />}
      </section>
      <ModelTable />
    </div>
  );
}

function Balance({ balance: { remainQuota, mainPlan, expiresAt, credits } }: { balance: CreditBalance }) {
  return (
    <>
      <p className="large">{remainQuota.toLocaleString()} left</p>
      <dl>
        {mainPlan && (
          <div>
            <dt>Plan</dt>
            <dd>{mainPlan}</dd>
          </div>
        )}
        {expiresAt && (
          <div>
            <dt>Until</dt>
            <dd>{new Date(expiresAt).toLocaleDateString(undefined, { dateStyle: "long" })}</dd>
          </div>
        )}
        {credits.map(({ subType, remainQuota: left, initQuota }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grants have no names
          <div key={place}>
            <dt>Of {subType ?? "a grant"}</dt>
            <dd>
              {left?.toLocaleString() ?? "–"} of {initQuota?.toLocaleString() ?? "–"}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
