/** JSON that may be written to. The types of both `@ai-sdk/provider` 3 and 4 take it. */
export type Json = null | string | number | boolean | Json[] | JsonFields;

export type JsonFields = { [name: string]: Json };

/** A copy that may be written to; what is not JSON, such as a field without a value, is left out. */
export function jsonFields(fields: object): JsonFields {
  return JSON.parse(JSON.stringify(fields));
}
