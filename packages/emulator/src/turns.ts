/** Who changes everything has to be alone with it; others may work side by side. */
export interface Turns {
  /** After all that began before; what begins later waits. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Beside others, after whoever wants to be alone. */
  together<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let lastAlone: Promise<unknown> = Promise.resolve();
  const working = new Set<Promise<unknown>>();
  return {
    alone(work) {
      const turn = Promise.all([lastAlone, ...working]).then(work);
      lastAlone = turn.catch(() => {});
      return turn;
    },
    together(work) {
      const turn = lastAlone.then(work);
      const ended: Promise<unknown> = turn.catch(() => {}).then(() => working.delete(ended));
      working.add(ended);
      return turn;
    },
  };
}
