/**
 * An object without the fields that are undefined: an option that is undefined counts as absent.
 * @example
 * const options = defined({ model: "gpt-4.1-nano", convId: undefined }); // { model: "gpt-4.1-nano" }
 */
export function defined<T extends object>(value: T): Partial<T> {
  const result: Partial<T> = { ...value };
  for (const key of Object.keys(value) as (keyof T)[]) if (result[key] === undefined) delete result[key];
  return result;
}
