/** The last change of each file that is under way in this process, by its path. */
const latest = new Map<string, Promise<unknown>>();

/**
 * Changes a file when the changes that were asked for before have ended. Those that go on at once land in any order, and a
 * file would keep what an earlier one wrote, or what was deleted.
 */
export function inTurn<T>(path: string, change: () => Promise<T>): Promise<T> {
  const before = latest.get(path);
  const own = before === undefined ? change() : before.then(change);
  // How it went is its caller's business.
  const ended = own
    .catch(() => undefined)
    .then(() => {
      if (latest.get(path) === ended) latest.delete(path);
    });
  latest.set(path, ended);
  return own;
}
