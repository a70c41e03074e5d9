export { cases } from "./cases/index.ts";
export type { CaseContext, ConformanceCase } from "./conformance-case.ts";
export { type Control, httpControl, type JournalEntry, type TestUser } from "./control.ts";
export { type ClientFactory, createContext } from "./create-context.ts";
export { type CaseResult, runCase } from "./run-case.ts";
export { eachOf, runCases } from "./run-cases.ts";
