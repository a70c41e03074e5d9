import { lazy, Suspense, useEffect, useState } from "react";
import { AccountView } from "../account/account-view.tsx";
import { ChatView } from "../chat/chat-view.tsx";
import { useFlowith } from "../client/client-context.ts";
import { GalleryView } from "../gallery/gallery-view.tsx";
import { Desk, DeskContext, useDesk } from "./desk.ts";
import { OnlineNote } from "./online-note.tsx";
import { go, type Route, useRoute, VIEW_NAMES } from "./route.ts";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";

// Loaded when they are first looked at.
const CanvasView = lazy(async () => ({ default: (await import("../canvas/canvas-view.tsx")).CanvasView }));
const KnowledgeView = lazy(async () => ({ default: (await import("../knowledge/knowledge-view.tsx")).KnowledgeView }));

/** Everything that a user who is signed in sees. */
export function Workspace() {
  const flowith = useFlowith();
  const [desk] = useState(() => new Desk(flowith));
  const route = useRoute();

  useEffect(() => {
    desk.start();
    return () => desk.close();
  }, [desk]);

  useEffect(() => {
    desk.whenMade((convId) => {
      // Who has gone elsewhere meanwhile stays there.
      const isStillNew = !new URLSearchParams(location.search).has("conversation");
      if (isStillNew && (route.view === "chat" || route.view === "canvas")) go({ ...route, convId }, { replace: true });
    });
  }, [desk, route]);

  return (
    <DeskContext value={desk}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <div className="workspace">
        <Sidebar route={route} />
        <div className="content">
          <TopBar route={route} />
          <OnlineNote onBack={() => desk.isBackOnline()} />
          <ViewOf route={route} />
        </div>
      </div>
    </DeskContext>
  );
}

function ViewOf({ route: { view, convId } }: { route: Route }) {
  const conversation = useDesk().conversation(convId);
  return (
    <main id="main" tabIndex={-1} className={`view view-${view}`}>
      <title>{`${VIEW_NAMES[view]} – Flowith in a page`}</title>
      {/* By its own key and not by its id, which a new one gets only while it is answered. */}
      {view === "chat" && <ChatView key={conversation.key} conversation={conversation} />}
      <Suspense fallback={<p className="page soft">Loading…</p>}>
        {view === "canvas" && <CanvasView key={conversation.key} conversation={conversation} />}
        {view === "knowledge" && <KnowledgeView />}
      </Suspense>
      {view === "gallery" && <GalleryView />}
      {view === "account" && <AccountView />}
    </main>
  );
}
