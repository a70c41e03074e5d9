import { InvalidArgumentError } from "@flowith-webapi/core";
import { ENV_NAMES } from "../shared/env.ts";
import { denoApi, lacksPermission } from "./deno-api.ts";

/** @throws InvalidArgumentError where the permission is missing */
export function readEnv(name: string): string | undefined {
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
