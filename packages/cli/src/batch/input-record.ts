/** One line of the input as it stands there, or what is wrong with it. */
export type InputRecord = { line: number } & ({ fields: Record<string, unknown> } | { problem: string });
