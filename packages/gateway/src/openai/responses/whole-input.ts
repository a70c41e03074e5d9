import { GatewayError } from "../../errors.ts";
import type { InputItem } from "./input-schema.ts";
import type { KeptResponses } from "./kept-responses.ts";
import type { ResponseRequest } from "./request-schema.ts";

/**
 * The items of a request behind those of the response that it follows, each in full.
 * @throws GatewayError 400 for what is not kept (any more)
 */
export function wholeInput(
  { input, previous_response_id: previousId }: ResponseRequest,
  account: string,
  kept: KeptResponses,
): Exclude<InputItem, { type: "item_reference" }>[] {
  const given: readonly InputItem[] =
    typeof input === "string" ? [{ type: "message", role: "user", content: input }] : input;
  const before = previousId ? kept.get(account, previousId) : undefined;
  if (previousId && before === undefined) throw gone("The response", previousId, "previous_response_id");
  return [...(before?.items ?? []), ...given].flatMap((item) => {
    if (item.type !== "item_reference") return [item];
    // Thoughts are not sent again anyway.
    if (item.id.startsWith("rs_")) return [];
    const referred = kept.item(account, item.id);
    if (referred === undefined) throw gone("The item", item.id, "input");
    return [referred];
  });
}

function gone(what: string, id: string, param: string): GatewayError {
  const message = `${what} ${JSON.stringify(id.slice(0, 100))} is not kept here: only the latest are, in this gateway's memory, for the API key that asked.`;
  return new GatewayError({
    status: 400,
    code: "previous_response_not_found",
    message: `${message} Send the earlier items in full, with store: false.`,
    param,
  });
}
