import { InvalidArgumentError } from "@flowith-webapi/core/http";
import { denoApi, lacksPermission } from "../shared/deno-api.ts";
import { ENV_NAMES } from "./env.ts";

/** @param names all that are read, for the error. @throws InvalidArgumentError where the permission is missing */
export function readDenoEnv(name: string, names: readonly string[] = ENV_NAMES): string | undefined {
  try {
    return denoApi().env.get(name);
  } catch (cause) {
    if (!lacksPermission(cause)) throw cause;
    throw new InvalidArgumentError(
      `fromEnv: the environment cannot be read. Run Deno with --allow-env=${names.join(",")}`,
      { cause },
    );
  }
}
