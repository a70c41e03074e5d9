import { describe, expect, it } from "vitest";
import { type Logger, leveledLogger } from "./logger.ts";

describe("the logger of a client", () => {
  it("harms no call by a target that throws", () => {
    const fail = (): never => {
      throw new Error("the log is full");
    };
    const target: Logger = { debug: fail, info: fail, warn: fail, error: fail };
    expect(() => leveledLogger(target, "debug").warn("x")).not.toThrow();
  });

  it("keeps to its level, which can be changed", () => {
    const lines: string[] = [];
    const write = (message: string): void => void lines.push(message);
    const logger = leveledLogger({ debug: write, info: write, warn: write, error: write }, "warn");
    logger.info("a");
    logger.warn("b");
    logger.setLevel("debug");
    logger.info("c");
    expect(lines).toEqual(["flowith b", "flowith c"]);
  });
});
