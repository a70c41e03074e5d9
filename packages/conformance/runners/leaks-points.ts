import type { Point } from "./leaks-calls.ts";
import { filePoints } from "./leaks-file-points.ts";
import { jobPoints } from "./leaks-job-points.ts";
import { successPoints } from "./leaks-success-points.ts";

export const points: Point[] = [...jobPoints, ...filePoints, ...successPoints];
