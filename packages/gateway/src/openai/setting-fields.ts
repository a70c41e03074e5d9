import type { ChatSetting } from "../backend/chat.ts";

/** Settings by the names that a request gave them. */
export function fieldsOf(
  settings: readonly ChatSetting[],
  fields: Readonly<Record<ChatSetting, readonly string[]>>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  return settings.flatMap((setting) => fields[setting]).filter((field) => (given[field] ?? null) !== null);
}
