/** Thrown inside jobs when the emulator closes or is reset; nobody needs to hear of it. */
export class JobsStopped extends Error {
  override name = "JobsStopped";
}

export interface JobClock {
  /** Resolves after so many ms, at once for 0; rejects when all jobs are stopped. */
  pause(ms: number): Promise<void>;
}

export interface JobRunner {
  start(work: (jobClock: JobClock) => Promise<void>): void;
  /** Ends all running jobs and resolves when none is left. */
  stopAll(): Promise<void>;
  readonly running: number;
}

/** Runs jobs in the background. Each has one timer at most, whatever the number of its events. */
export function createJobRunner(onError: (error: unknown) => void): JobRunner {
  const running = new Set<Promise<void>>();
  let stop = new AbortController();

  function pauseUntil(signal: AbortSignal, ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new JobsStopped());
        return;
      }
      const stopped = () => {
        clearTimeout(timer);
        reject(new JobsStopped());
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stopped);
        resolve();
      }, ms);
      signal.addEventListener("abort", stopped, { once: true });
    });
  }

  return {
    start(work) {
      const { signal } = stop;
      const job = work({ pause: (ms) => pauseUntil(signal, ms) })
        .catch((error: unknown) => {
          if (!(error instanceof JobsStopped)) onError(error);
        })
        .finally(() => running.delete(job));
      running.add(job);
    },
    async stopAll() {
      stop.abort();
      stop = new AbortController();
      await Promise.all(running);
    },
    get running() {
      return running.size;
    },
  };
}
