import { ChevronLeft, ChevronRight } from "lucide-react";
import type { TurnItemProps } from "./turn-item.tsx";

/** Goes to what was asked or answered here in another way. */
export function BranchSwitch({ turn, siblings, conversation }: TurnItemProps) {
  if (siblings.length < 2) return null;
  const place = siblings.findIndex(({ key }) => key === turn.key);
  const [before, after] = [siblings[place - 1], siblings[place + 1]];
  return (
    <fieldset className="branches" aria-label="Branches">
      <button
        type="button"
        className="icon"
        aria-label="Branch before"
        disabled={before === undefined}
        onClick={() => before && conversation.choose(before.key)}
      >
        <ChevronLeft aria-hidden="true" />
      </button>
      <span>
        {place + 1} of {siblings.length}
      </span>
      <button
        type="button"
        className="icon"
        aria-label="Branch after"
        disabled={after === undefined}
        onClick={() => after && conversation.choose(after.key)}
      >
        <ChevronRight aria-hidden="true" />
      </button>
    </fieldset>
  );
}
