/** An object without the fields that are undefined: an option that is undefined counts as absent. */
export function defined<T extends object>(value: T): Partial<T> {
  const result: Partial<T> = { ...value };
  for (const key of Object.keys(value) as (keyof T)[]) if (result[key] === undefined) delete result[key];
  return result;
}
