#!/usr/bin/env node
import { CommanderError } from "commander";
import { InvalidArgumentError } from "flowith-webapi";
import { dropUnwritable, tell } from "./cli/output.ts";
import { createProgram } from "./cli/program.ts";

dropUnwritable();
createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // It has said what is wrong by itself; help and version are no errors.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = InvalidArgumentError.is(error) ? 2 : 1;
  });
