import { InvalidArgumentError } from "commander";

/** For an option that takes a number above 0. */
export function positiveNumber(value: string): number {
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError("It must be a number above 0.");
}

/** For an option that takes a whole number above 0. */
export function positiveInteger(value: string): number {
  const number = positiveNumber(value);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
