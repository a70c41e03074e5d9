import { InvalidArgumentError } from "@flowith-webapi/core";
import { denoApi, lacksPermission } from "../shared/deno-api.ts";
import { ENV_NAMES } from "./env.ts";

/** @throws InvalidArgumentError where the permission is missing */
export function readDenoEnv(name: string): string | undefined {
  try {
    return denoApi().env.get(name);
  } catch (cause) {
    if (!lacksPermission(cause)) throw cause;
    throw new InvalidArgumentError(
      `fromEnv: the environment cannot be read. Run Deno with --allow-env=${ENV_NAMES.join(",")}`,
      { cause },
    );
  }
}
