import { Coins } from "lucide-react";
import { useStore } from "../client/store.ts";
import { useDesk } from "../shell/desk.ts";

/** What is left to spend. */
export function CreditsBadge() {
  const { value } = useStore(useDesk().credits.store);
  return (
    <p className="credits">
      <Coins aria-hidden="true" />
      <span>{value === undefined ? "–" : value.remainQuota.toLocaleString()}</span> credits
    </p>
  );
}
