import { InvalidArgumentError } from "commander";

const DAY_SECONDS = 86_400;

/** @throws InvalidArgumentError, which commander tells as a wrong command line */
export function seconds(value: string): number {
  const number = Number(value);
  if (value.trim() !== "" && number > 0 && number <= DAY_SECONDS) return number;
  throw new InvalidArgumentError(`It wants a number of seconds, up to ${DAY_SECONDS}.`);
}

/** @throws InvalidArgumentError, which commander tells as a wrong command line */
export function portNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65_535) return number;
  throw new InvalidArgumentError("It wants a port: 0 to 65535.");
}
