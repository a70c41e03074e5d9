import { it } from "vitest";
import { answersProperty, argumentsProperty } from "./property.ts";

it("whatever is answered, errors are ours or the caller's, and show no secret", { timeout: 900_000 }, () =>
  answersProperty(10_000),
);

it("whatever a call is given, errors are ours", { timeout: 900_000 }, () => argumentsProperty(10_000));
