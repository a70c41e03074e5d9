import type { Flowith } from "flowith-webapi";
import { useEffect, useState } from "react";
import type { Arrival } from "./take-up-session.ts";

/** Who is signed in, or why nobody is. */
export type SessionState = { userId: string } | { userId: undefined; reason: "nobody" | "signed-out" | "expired" };

/** Follows the session, whichever tab changes it. */
export function useSession(flowith: Flowith, arrival: Arrival): SessionState {
  const [state, setState] = useState<SessionState>(
    arrival.session === null ? { userId: undefined, reason: "nobody" } : { userId: arrival.session.userId },
  );
  useEffect(
    () =>
      flowith.auth.onChange(({ type, session }) => {
        if (session !== null) setState({ userId: session.userId });
        else setState({ userId: undefined, reason: type === "expired" ? "expired" : "signed-out" });
      }),
    [flowith],
  );
  return state;
}
