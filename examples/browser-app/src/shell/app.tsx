import type { Flowith } from "flowith-webapi";
import { Suspense, use } from "react";
import { ClientContext } from "../client/client-context.ts";
import { SignInPage } from "../session/sign-in-page.tsx";
import type { Arrival } from "../session/take-up-session.ts";
import { useSession } from "../session/use-session.ts";
import { Workspace } from "./workspace.tsx";

export interface AppProps {
  flowith: Flowith;
  arrival: Promise<Arrival>;
}

export function App({ flowith, arrival }: AppProps) {
  return (
    <ClientContext value={flowith}>
      <Suspense fallback={<main className="sign-in" aria-busy="true" />}>
        <Gate flowith={flowith} arrival={arrival} />
      </Suspense>
    </ClientContext>
  );
}

/** The work of one user, or the way in. */
function Gate({ flowith, arrival }: AppProps) {
  const arrived = use(arrival);
  const session = useSession(flowith, arrived);
  if (session.userId !== undefined) return <Workspace key={session.userId} />;
  const { problem, isBackWithoutSession } = arrived;
  return (
    <SignInPage
      reason={session.reason}
      problem={session.reason === "nobody" ? problem : undefined}
      isBackWithoutSession={isBackWithoutSession}
    />
  );
}
