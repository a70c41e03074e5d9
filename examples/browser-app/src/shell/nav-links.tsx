import { Images, Library, MessageSquare, UserRound, Workflow } from "lucide-react";
import { go, type Route, VIEW_NAMES, VIEWS } from "./route.ts";

const ICONS = { chat: MessageSquare, canvas: Workflow, gallery: Images, knowledge: Library, account: UserRound };

export function NavLinks({ route }: { route: Route }) {
  return (
    <nav aria-label="Views" className="nav">
      {VIEWS.map((view) => {
        const Icon = ICONS[view];
        return (
          <a
            key={view}
            href={`?view=${view}`}
            aria-current={view === route.view ? "page" : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              go({ ...route, view });
            }}
          >
            <Icon aria-hidden="true" />
            <span>{VIEW_NAMES[view]}</span>
          </a>
        );
      })}
    </nav>
  );
}
