import type { CallChoice, DescribedTool } from "@flowith-webapi/chat-bridge";
import { GatewayError } from "../errors.ts";

/**
 * A choice that can be made among some tools: those that a model could call here.
 * @throws GatewayError 400 where one has to be called, and it, or any, is not there
 */
export function madeChoice(
  choice: CallChoice | undefined,
  tools: readonly DescribedTool[] | undefined,
): CallChoice | undefined {
  if (choice === "required" && !tools?.length)
    throw badChoice("there is no tool in tools that a model could call here");
  if (typeof choice === "object" && !tools?.some(({ name }) => name === choice.name)) {
    const name = JSON.stringify(choice.name.slice(0, 200));
    throw badChoice(`${name} is not in tools, or none that a model could call here`);
  }
  return choice;
}

function badChoice(why: string): GatewayError {
  const message = `tool_choice: ${why}. Tools that the model's maker runs are not served.`;
  return new GatewayError({ status: 400, code: "invalid_request", message, param: "tool_choice" });
}
