/** What is read once, when it is first asked for. A failure is not remembered: who asks next tries again. */
export interface Remembered<T> {
  get(): Promise<T>;
  forget(): void;
}

export function remembered<T>(read: () => Promise<T>): Remembered<T> {
  let kept: Promise<T> | undefined;
  return {
    get() {
      if (kept === undefined) {
        const reading = read();
        kept = reading;
        reading.catch(() => {
          if (kept === reading) kept = undefined;
        });
      }
      return kept;
    },
    forget() {
      kept = undefined;
    },
  };
}
