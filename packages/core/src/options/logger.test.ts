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

  it("shows no token, in whatever field a server has repeated it", () => {
    const seen: unknown[] = [];
    const write = (_message: string, fields?: object): void => void seen.push(fields);
    const logger = leveledLogger({ debug: write, info: write, warn: write, error: write }, "debug");
    logger.info("x", { convId: "no such eyJhbGciOi.eyJzdWIi.c2ln", ms: 7, error: "Bearer abcdefgh1234" });
    expect(seen).toEqual([{ convId: "no such [token]", ms: 7, error: "Bearer [redacted]" }]);
  });
});
