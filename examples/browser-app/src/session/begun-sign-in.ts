const KEY = "flowith-sign-in-begun";

/** Notes that this tab has left for a sign-in, so that a return without a session can be explained. */
export function noteSignInBegun(storage: Storage): void {
  storage.setItem(KEY, "1");
}

/** Whether it had; forgets it. */
export function takeSignInBegun(storage: Storage): boolean {
  const isBegun = storage.getItem(KEY) !== null;
  storage.removeItem(KEY);
  return isBegun;
}
