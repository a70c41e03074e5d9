import { describe, expect, it } from "vitest";
import { Listeners } from "./listeners.ts";
import { leveledLogger } from "./logger.ts";

const quiet = leveledLogger();

describe("listeners", () => {
  it("are told what they were added for, until each of them is ended", () => {
    const listeners = new Listeners<number>("onChange", quiet);
    const seen: number[] = [];
    const listener = (event: number): void => void seen.push(event);
    const end = listeners.add(listener);
    listeners.add(listener);
    listeners.tell(() => 1);
    end();
    end();
    listeners.tell(() => 2);
    expect(seen).toEqual([1, 1, 2]);
  });

  it("do no harm to each other by what they throw", () => {
    const listeners = new Listeners<number>("onChange", quiet);
    const seen: number[] = [];
    listeners.add(() => {
      throw new Error("no");
    });
    listeners.add((event) => void seen.push(event));
    listeners.tell(() => 1);
    expect(seen).toEqual([1]);
  });

  it("end no process by what an async one throws, which is logged", async () => {
    const lines: unknown[] = [];
    const write = async (...line: unknown[]): Promise<never> => {
      lines.push(line);
      throw new Error("the log is full");
    };
    const target = { debug: write, info: write, warn: write, error: write };
    const listeners = new Listeners<number>("onChange", leveledLogger(target, "error"));
    listeners.add(async () => {
      throw new Error("no");
    });
    listeners.tell(() => 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(lines).toEqual([["flowith onChange: a listener threw", { error: "Error: no" }]]);
  });

  it("are functions", () => {
    const wrong: unknown = "print";
    expect(() => new Listeners<number>("auth.onChange", quiet).add(wrong as () => void)).toThrow(
      "auth.onChange: the listener must be a function",
    );
  });
});
