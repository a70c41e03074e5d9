/**
 * Calls a function of the caller's that is not waited for. What it throws goes to `onThrow`, and what a promise that it
 * returns rejects with: types let an async function in, and a rejection that nobody hears of ends a Node process.
 */
export function callBack(call: () => unknown, onThrow: (error: unknown) => void): void {
  try {
    const result = call();
    if (result instanceof Promise) result.catch(onThrow);
  } catch (error) {
    onThrow(error);
  }
}
