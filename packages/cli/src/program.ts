import { Command } from "commander";
import { type Act, actIn } from "./act.ts";
import { addAccountCommands } from "./commands/account.ts";
import { addBatchCommand } from "./commands/batch.ts";
import { addCatalogueCommands } from "./commands/catalogue.ts";
import { addChatCommand } from "./commands/chat.ts";
import { addCompletionCommands } from "./commands/completion.ts";
import { addConversationCommands } from "./commands/conversations.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addEmulatorCommand } from "./commands/emulator.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addJobsCommands } from "./commands/jobs.ts";
import { addMediaCommands } from "./commands/media.ts";
import { addProfilesCommand } from "./commands/profiles.ts";
import { addSearchCommand } from "./commands/search.ts";
import { addSignInCommands } from "./commands/sign-in.ts";
import { addTextCommand } from "./commands/text.ts";
import { addExamples } from "./examples.ts";
import { addGlobalOptions } from "./global-flags.ts";
import { packageVersion } from "./package-version.ts";
import type { Shell } from "./shell.ts";

const codes = `
Exit codes: 0 all went well; 1 it failed; 2 the command line or an input is wrong; 3 nobody is signed in, or the session
is over; 4 no credits; 5 no connection, a limit or a failing server: try later; 6 a part failed, or doctor found
something; 130 Ctrl-C.`;

/** All commands. What they do is loaded when one of them is used. */
export function createProgram(shell: Shell, isJson = false, act: Act = actIn(shell)): Command {
  const program = new Command("flowith")
    .description("Flowith in the terminal: texts, pictures, clips, conversations on the canvas.")
    .version(packageVersion(), "-V, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
      getOutHelpWidth: () => shell.stdout.columns ?? 80,
      getErrHelpWidth: () => shell.stderr.columns ?? 80,
      outputError: (text, write) => {
        const message = text.replace(/^error: /, "").trimEnd();
        write(isJson ? `${JSON.stringify({ error: { code: "usage", message } })}\n` : `flowith: ${message}\n`);
      },
    });
  addGlobalOptions(program);
  addSignInCommands(program, act);
  addProfilesCommand(program, act);
  addAccountCommands(program, act);
  addTextCommand(program, act);
  addSearchCommand(program, act);
  addMediaCommands(program, act);
  addJobsCommands(program, act);
  addCatalogueCommands(program, act);
  addEventsCommand(program, act);
  addConversationCommands(program, act);
  addEmulatorCommand(program, act);
  addCompletionCommands(program, act);
  addChatCommand(program, act);
  addBatchCommand(program, act);
  addDoctorCommand(program, act);
  addExamples(
    program,
    "flowith login",
    'flowith text "Name a city in Poland."',
    "git diff | flowith text 'Write a commit message.'",
  );
  return program.addHelpText("after", codes);
}
