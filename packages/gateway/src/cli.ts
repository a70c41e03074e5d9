#!/usr/bin/env node
import { CommanderError } from "commander";
import { createProgram } from "./cli/program.ts";

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // It has said what is wrong by itself; help and version are no errors.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.stderr.write(`flowith-gateway: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
