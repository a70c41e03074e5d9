import { InvalidArgumentError } from "@flowith-webapi/core";

/**
 * A key, as it is. It is often a user's id: where that is missing, all users would share what stands under its name.
 * @param label for messages
 * @throws InvalidArgumentError
 */
export function storeKey(label: string, key: unknown): string {
  if (typeof key !== "string") throw new InvalidArgumentError(`${label}: the key must be a string, not ${typeof key}.`);
  if (key.trim() === "") throw new InvalidArgumentError(`${label}: the key is empty.`);
  return key;
}
