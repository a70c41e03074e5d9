import { Menu, X } from "lucide-react";
import { useRef } from "react";
import { CreditsBadge } from "../account/credits-badge.tsx";
import { useStore } from "../client/store.ts";
import { ConversationLinks } from "../conversations/conversation-links.tsx";
import { titleOf } from "../conversations/title-of.ts";
import { useDesk } from "./desk.ts";
import { type Route, VIEW_NAMES } from "./route.ts";

export function TopBar({ route }: { route: Route }) {
  const desk = useDesk();
  const { value: list } = useStore(desk.list.store);
  const drawer = useRef<HTMLDialogElement>(null);
  const isOfConversation = route.view === "chat" || route.view === "canvas";
  const record = list?.find(({ convId }) => convId === route.convId);
  const about = route.convId === undefined ? "New conversation" : titleOf(record, desk.firstPrompt(route.convId));
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon only-narrow"
        aria-label="Conversations"
        onClick={() => drawer.current?.showModal()}
      >
        <Menu aria-hidden="true" />
      </button>
      <h1>{isOfConversation ? about : VIEW_NAMES[route.view]}</h1>
      <div className="only-narrow">
        <CreditsBadge />
      </div>
      <dialog ref={drawer} className="drawer" aria-label="Conversations">
        <button type="button" className="icon drawer-close" aria-label="Close" onClick={() => drawer.current?.close()}>
          <X aria-hidden="true" />
        </button>
        <ConversationLinks route={route} onChosen={() => drawer.current?.close()} />
      </dialog>
    </header>
  );
}
