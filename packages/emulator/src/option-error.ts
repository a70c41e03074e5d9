import * as v from "valibot";

/** What the emulator was told in code is wrong: an option of it, a fault, a script, a user, a filter. Nothing was changed. */
export class EmulatorOptionError extends RangeError {
  override name = "EmulatorOptionError";
  /** Where it is wrong: `port`, `users.1.email`. Empty where the whole is. */
  readonly option: string;

  /** @param place what was called, such as `startEmulator` */
  constructor(place: string, option: string, problem: string, cause?: unknown) {
    super(`${place}: ${option === "" ? "" : `${option}: `}${problem}`, { cause });
    this.option = option;
  }
}

/** @throws EmulatorOptionError that names the first option that is wrong */
export function checked<T>(place: string, schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new EmulatorOptionError(place, v.getDotPath(issue) ?? "", issue.message, new v.ValiError(result.issues));
}
