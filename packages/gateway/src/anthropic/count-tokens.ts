import { GatewayError } from "../errors.ts";

/** Nothing at Flowith counts tokens, and a guess would be taken for a count. */
export function countTokens(): never {
  const message =
    "Tokens cannot be counted here: Flowith has nothing that does. An API key's answers tell their usage.";
  throw new GatewayError({ status: 404, code: "unknown_route", message });
}
