import { type ConformanceCase, cases } from "../src/index.ts";

/** `CASES="a cut stream" pnpm conformance` runs only the cases whose id contains that. */
export const only: string = process.env.CASES ?? "";

export const selectedCases: readonly ConformanceCase[] = cases.filter(({ id }) => id.includes(only));
