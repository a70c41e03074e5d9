import { useEffect } from "react";
import { useStore } from "../client/store.ts";
import { DropArea } from "../inputs/drop-area.tsx";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";
import { JobCard } from "./job-card.tsx";
import { MediaFigure } from "./media-figure.tsx";
import { WishForm } from "./wish-form.tsx";

export function GalleryView() {
  const { gallery, inputs } = useDesk();
  const { media, jobs, isLoading, hasMore, problem } = useStore(gallery.store);

  useEffect(() => {
    if (gallery.store.get().media.length === 0) void gallery.loadMore();
  }, [gallery]);

  const isEmpty = media.length === 0 && jobs.length === 0 && !isLoading;
  return (
    <DropArea inputs={inputs} className="page">
      <WishForm onWish={(wish) => void gallery.make(wish)} />
      {problem !== undefined && <ProblemNote problem={problem} />}
      {isEmpty && !hasMore && <p className="soft">No pictures yet. Say above what you would like to see.</p>}
      <section className="gallery" aria-label="Pictures and clips" aria-busy={isLoading}>
        {jobs.map((job) => (
          <JobCard key={job.key} job={job} gallery={gallery} />
        ))}
        {media.map((one) => (
          <MediaFigure key={one.url} media={one} />
        ))}
      </section>
      {hasMore && (
        <button type="button" disabled={isLoading} onClick={() => void gallery.loadMore()}>
          {isLoading ? "Looking…" : "Look through older conversations"}
        </button>
      )}
    </DropArea>
  );
}
