import { RotateCw, X } from "lucide-react";
import { useEffect, useState } from "react";
import { ProblemNote } from "../problems/problem-note.tsx";
import type { Gallery } from "./gallery.ts";
import { cssRatio, type MediaJob } from "./media.ts";

const PHASES = {
  uploading: "Sending your pictures",
  submitted: "Asking for it",
  waiting: "Being made",
  downloading: "Fetching it",
};

/** One that is being made: what is done just now, and for how long already. */
export function JobCard({ job, gallery }: { job: MediaJob; gallery: Gallery }) {
  const { key, wish, phase, problem } = job;
  const what = wish.kind === "image" ? "Picture" : "Clip";
  return (
    <article className="media job" aria-label={`${what}: ${wish.prompt}`}>
      <div className="job-room" style={{ aspectRatio: cssRatio(wish.aspectRatio) ?? "1 / 1" }}>
        {problem === undefined ? (
          <>
            <progress aria-label={PHASES[phase]} />
            <p role="status">{PHASES[phase]}…</p>
            <Seconds since={job.startedAtMs} />
          </>
        ) : (
          <ProblemNote problem={problem}>
            <button type="button" onClick={() => void gallery.again(key)}>
              <RotateCw aria-hidden="true" /> Try again
            </button>
          </ProblemNote>
        )}
      </div>
      <div className="job-foot">
        <span className="media-prompt">{wish.prompt}</span>
        <button type="button" className="icon" aria-label={`Hide: ${wish.prompt}`} onClick={() => gallery.hide(key)}>
          <X aria-hidden="true" />
        </button>
      </div>
    </article>
  );
}

function Seconds({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(clock);
  }, []);
  return <p className="soft">{Math.max(0, Math.round((now - since) / 1_000))} s</p>;
}
