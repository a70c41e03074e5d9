/**
 * Does the work for each item, so many at a time; the next item is taken when there is a place for it. The first failure
 * takes no more items, and is thrown when all that began has ended.
 */
export async function atOnce<Item>(
  places: number,
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let failure: { error: unknown } | undefined;
  const take = async (): Promise<void> => {
    while (failure === undefined) {
      try {
        const next = await iterator.next();
        if (next.done || failure !== undefined) return;
        await work(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: places }, take));
  await iterator.return?.();
  if (failure !== undefined) throw failure.error;
}
