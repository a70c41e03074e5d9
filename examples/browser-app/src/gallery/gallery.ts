import type { Flowith, Job, JobHandle } from "flowith-webapi";
import { createStore, type Store } from "../client/store.ts";
import { makeMedia } from "./make-media.ts";
import type { Media, MediaJob, MediaWish } from "./media.ts";
import { storedMedia } from "./stored-media.ts";

export interface GalleryState {
  /** Newest first. */
  media: readonly Media[];
  jobs: readonly MediaJob[];
  isLoading: boolean;
  /** Whether there are conversations that were not looked through yet. */
  hasMore: boolean;
  problem?: unknown;
}

/** How many conversations are looked through at a time. */
const PAGE = 8;
const TITLE_LENGTH = 60;

/** Pictures and clips: those of the user's conversations, and those that are being made, also since before a reload. */
export class Gallery {
  readonly store: Store<GalleryState> = createStore<GalleryState>({
    media: [],
    jobs: [],
    isLoading: false,
    hasMore: true,
  });
  readonly #flowith: Flowith;
  readonly #onEnd: () => void;
  readonly #stops = new Map<string, AbortController>();
  readonly #handles = new Map<string, JobHandle>();
  #seen = 0;

  constructor(flowith: Flowith, onEnd: () => void) {
    this.#flowith = flowith;
    this.#onEnd = onEnd;
  }

  /** Looks through the next conversations. */
  async loadMore(): Promise<void> {
    const { isLoading, hasMore } = this.store.get();
    if (isLoading || !hasMore) return;
    this.#set({ isLoading: true, problem: undefined });
    try {
      const list = await this.#flowith.conversations.list({ limit: PAGE, offset: this.#seen });
      const found = await storedMedia(
        this.#flowith,
        list.map(({ convId }) => convId),
      );
      this.#seen += list.length;
      this.store.set((state) => ({
        ...state,
        media: without(found, state.media, "behind"),
        isLoading: false,
        hasMore: list.length === PAGE,
      }));
    } catch (problem) {
      this.#set({ isLoading: false, problem });
    }
  }

  /** Waits for what was begun before this page was loaded. */
  async loadPending(): Promise<void> {
    try {
      for (const kind of ["image", "video"] as const) {
        for (const job of await this.#flowith.jobs.pending({ kind })) this.#resume(job);
      }
    } catch (problem) {
      this.#set({ problem });
    }
  }

  async make(wish: MediaWish): Promise<void> {
    const key = crypto.randomUUID();
    this.#begin({ key, wish, phase: "submitted", startedAtMs: Date.now() });
    await this.#within(key, async (signal) => {
      const made = await makeMedia(this.#flowith, wish, {
        signal,
        onProgress: ({ phase }) => this.#change(key, { phase }),
        onSubmit: (handle) => this.#handles.set(key, handle),
      });
      await this.#name(this.#handles.get(key)?.convId, wish.prompt);
      return made;
    });
  }

  /** Makes what failed once more; one that goes on at the service is waited for again, and not paid twice. */
  async again(key: string): Promise<void> {
    const job = this.store.get().jobs.find((one) => one.key === key);
    if (job === undefined) return;
    this.#remove(key);
    await this.make(job.wish);
  }

  /** Leaves one to itself: it is made and paid all the same, and stands in its conversation. */
  hide(key: string): void {
    this.#stops.get(key)?.abort();
    const handle = this.#handles.get(key);
    if (handle !== undefined)
      this.#flowith
        .resume(handle)
        .discard()
        .catch(() => undefined);
    this.#remove(key);
  }

  close(): void {
    for (const stop of this.#stops.values()) stop.abort();
  }

  /** Each stands in a conversation of its own, which is found by what was wished for. Without a title it is there as well. */
  async #name(convId: string | undefined, prompt: string): Promise<void> {
    if (convId === undefined) return;
    await this.#flowith.conversations.rename(convId, prompt.slice(0, TITLE_LENGTH)).catch(() => undefined);
  }

  #resume(job: Job<"image" | "video">): void {
    const { handle } = job;
    const key = handle.userNodeId;
    if ([...this.#handles.values()].some(({ userNodeId }) => userNodeId === key)) return;
    this.#handles.set(key, handle);
    const { kind, model, label = "", createdAtMs } = handle;
    const wish: MediaWish = { ...noWish, kind, model, prompt: label };
    this.#begin({ key, wish, phase: "waiting", startedAtMs: createdAtMs });
    void this.#within(key, async (signal) => {
      const output = await job.wait({ signal });
      const urls = "images" in output ? output.images.map(({ url }) => url) : [output.videoUrl];
      return urls.map((url) => ({ kind, url, prompt: label, aspectRatio: undefined }));
    });
  }

  async #within(key: string, work: (signal: AbortSignal) => Promise<Media[]>): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(key, stop);
    try {
      const made = await work(stop.signal);
      this.store.set((state) => ({ ...state, media: without(made, state.media, "before") }));
      this.#remove(key);
    } catch (problem) {
      if (!stop.signal.aborted) this.#change(key, { problem });
    } finally {
      this.#stops.delete(key);
      this.#onEnd();
    }
  }

  #begin(job: MediaJob): void {
    this.store.set((state) => ({ ...state, jobs: [job, ...state.jobs.filter(({ key }) => key !== job.key)] }));
  }

  #change(key: string, change: Partial<MediaJob>): void {
    const changed = (job: MediaJob) => (job.key === key ? { ...job, ...change } : job);
    this.store.set((state) => ({ ...state, jobs: state.jobs.map(changed) }));
  }

  #remove(key: string): void {
    this.#handles.delete(key);
    this.store.set((state) => ({ ...state, jobs: state.jobs.filter((job) => job.key !== key) }));
  }

  #set(change: Partial<GalleryState>): void {
    this.store.set((state) => ({ ...state, ...change }));
  }
}

const noWish: Omit<MediaWish, "kind" | "prompt" | "model"> = {
  aspectRatio: undefined,
  pictures: [],
  durationSeconds: undefined,
  audio: undefined,
};

/** Those that are not there yet, put before or behind the others. */
function without(found: readonly Media[], known: readonly Media[], place: "before" | "behind"): Media[] {
  const urls = new Set(known.map(({ url }) => url));
  const fresh = found.filter(({ url }) => !urls.has(url));
  return place === "before" ? [...fresh, ...known] : [...known, ...fresh];
}
