import { type Answer, allowAnswer } from "../http/respond.ts";
import { type HandlerContext, tableOf } from "./context.ts";

/** OPTIONS: the methods that a table takes, whoever asks. */
export function describeRelation(context: HandlerContext, name: string): Answer {
  const table = tableOf(context, name);
  const { isInsertable, isUpdatable, isDeletable, primaryKey } = table;
  return allowAnswer([
    "OPTIONS",
    "GET",
    "HEAD",
    ...(isInsertable ? ["POST"] : []),
    ...(isInsertable && isUpdatable && primaryKey.length > 0 ? ["PUT"] : []),
    ...(isUpdatable ? ["PATCH"] : []),
    ...(isDeletable ? ["DELETE"] : []),
  ]);
}
