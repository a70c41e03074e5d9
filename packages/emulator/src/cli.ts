#!/usr/bin/env node
import { CommanderError } from "commander";
import { log } from "./cli/log.ts";
import { createProgram } from "./cli/program.ts";
import { delayOptimizing } from "./cli/wasm-tiering.ts";
import { messageOf } from "./message-of.ts";

delayOptimizing();
createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // it has said what is wrong by itself; help and version are no errors
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    log(error instanceof Error ? error.message : messageOf(error));
    process.exitCode = 1;
  });
