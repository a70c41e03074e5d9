import type { ReactNode } from "react";
import { inWords } from "./in-words.ts";

/** What went wrong, what helps, and a way to do that. */
export function ProblemNote({ problem, children }: { problem: unknown; children?: ReactNode }) {
  const { what, help } = inWords(problem);
  return (
    <div role="alert" className="problem">
      <p>
        <strong>{what}</strong> {help}
      </p>
      {children}
    </div>
  );
}
