import { Flowith, InvalidArgumentError } from "flowith-webapi";
import type { GatewayOptions } from "../gateway-options.ts";

const variables = {
  edgeUrl: "FLOWITH_EDGE_URL",
  supabaseUrl: "FLOWITH_SUPABASE_URL",
  supabaseKey: "FLOWITH_SUPABASE_KEY",
} as const;

/**
 * The service that the environment names. A sign-in there is the operator's own, and nobody else's to use.
 * @throws InvalidArgumentError that names the variable
 */
export function environmentOptions(env: Record<string, string | undefined>): NonNullable<GatewayOptions["flowith"]> {
  const options = {
    edgeUrl: filled(env[variables.edgeUrl]),
    supabaseUrl: filled(env[variables.supabaseUrl]),
    supabaseKey: filled(env[variables.supabaseKey]),
  };
  for (const option of ["edgeUrl", "supabaseUrl", "supabaseKey"] as const) {
    try {
      new Flowith({ [option]: options[option] }).close();
    } catch (error) {
      if (!InvalidArgumentError.is(error)) throw error;
      throw new InvalidArgumentError(`The variable ${variables[option]} is not valid. ${error.message}`);
    }
  }
  return options;
}

function filled(text: string | undefined): string | undefined {
  return text?.trim() || undefined;
}
