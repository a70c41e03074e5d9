import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { failureOf } from "./tool-error.ts";

/** The same words for what is no tool: a resource or prompt has no result that says what went wrong. */
export function protocolError(error: unknown, signIn: string): ProtocolError {
  const { code, message, advice } = failureOf(error, signIn);
  const isWrong = code === "not_found" || code === "usage" || code === "invalid_argument";
  const number = isWrong ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  return new ProtocolError(number, `${message} ${advice}`);
}
