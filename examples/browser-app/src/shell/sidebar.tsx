import { CreditsBadge } from "../account/credits-badge.tsx";
import { ConversationLinks } from "../conversations/conversation-links.tsx";
import { NavLinks } from "./nav-links.tsx";
import type { Route } from "./route.ts";

/** On a wide screen at the side; on a phone its links stand below, and conversations in a drawer. */
export function Sidebar({ route }: { route: Route }) {
  return (
    <aside className="sidebar" aria-label="Sidebar">
      <p className="brand">Flowith in a page</p>
      <NavLinks route={route} />
      <div className="only-wide">
        <ConversationLinks route={route} />
        <CreditsBadge />
      </div>
    </aside>
  );
}
