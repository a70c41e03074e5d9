import type { Finding } from "../finding.ts";

/** How many of each there are. */
export interface Summary {
  holds: number;
  differs: number;
  unknown: number;
}

export function summaryOf(findings: readonly Finding[]): Summary {
  const count = (status: Finding["status"]): number => findings.filter((finding) => finding.status === status).length;
  return { holds: count("holds"), differs: count("differs"), unknown: count("unknown") };
}
