export type { Emulator } from "./emulator.ts";
export { defaultSupabaseKey, type EmulatorOptions, type ListenOptions } from "./emulator-options.ts";
export type { ArmedFault } from "./faults/fault-book.ts";
export type { Fault } from "./faults/kinds/index.ts";
export type { JournalEntry, JournalFilter } from "./journal/journal.ts";
export type { Failure, FailureReason, ScriptedReply } from "./model/script.ts";
export type { Settings } from "./settings.ts";
export { createEmulator, startEmulator } from "./start-emulator.ts";
export type { EmulatorUser, NewUser } from "./users/users.ts";
