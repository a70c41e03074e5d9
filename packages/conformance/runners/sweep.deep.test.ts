import { describeSweep } from "./sweep.ts";

describeSweep((number) => number % 10 !== 0);
