import { it } from "vitest";
import { answersProperty, argumentsProperty } from "./property.ts";

it("whatever is answered, errors are ours or the caller's, and show no secret", { timeout: 60_000 }, () =>
  answersProperty(500),
);

it("whatever a call is given, errors are ours", { timeout: 60_000 }, () => argumentsProperty(2_000));
