import { Command } from "commander";
import { type Act, actIn } from "./act.ts";
import { addAccountCommands } from "./commands/account.ts";
import { addBatchCommand } from "./commands/batch.ts";
import { addCatalogueCommands } from "./commands/catalogue.ts";
import { addChatCommand } from "./commands/chat.ts";
import { addCompletionCommands } from "./commands/completion.ts";
import { addConversationCommands } from "./commands/conversations.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addEventsCommand } from "./commands/events.ts";
import { addJobsCommands } from "./commands/jobs.ts";
import { addMcpCommand } from "./commands/mcp.ts";
import { addMediaCommands } from "./commands/media.ts";
import { addOwnPrograms } from "./commands/own-programs.ts";
import { addProfilesCommand } from "./commands/profiles.ts";
import { addSearchCommand } from "./commands/search.ts";
import { addSignInCommands } from "./commands/sign-in.ts";
import { addTextCommand } from "./commands/text.ts";
import { addExamples } from "./examples.ts";
import { addGlobalOptions } from "./global-flags.ts";
import { helpLayout } from "./help-layout.ts";
import { packageVersion } from "./package-version.ts";
import type { Shell } from "./shell.ts";
import { reportUsage } from "./usage-report.ts";

const codes =
  "Exit codes: 0 all went well; 1 it failed; 2 the command line, a setting or an input is wrong, or names what is not there; 3 nobody is signed in, or the session is over; 4 no credits; 5 no connection, a limit or a failing server: try later; 6 a part failed, or doctor found something; 130 Ctrl-C.";

/** All commands. What they do is loaded when one of them is used. */
export function createProgram(shell: Shell, isJson = false, act: Act = actIn(shell)): Command {
  const program = new Command("flowith")
    .description("Flowith in the terminal: texts, pictures, clips, conversations on the canvas.")
    .version(packageVersion(), "-V, --version")
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp(helpLayout)
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      // help that nobody asked for is told as an error there, see run()
      writeErr: (text) => {
        if (!isJson) shell.stderr.write(text);
      },
      getOutHelpWidth: () => shell.stdout.columns ?? 80,
      getErrHelpWidth: () => shell.stderr.columns ?? 80,
      outputError: (text) => reportUsage(shell, text, isJson),
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
  addOwnPrograms(program, act);
  addMcpCommand(program, act);
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
  return program.addHelpText("after", ({ command, error }) => {
    const { columns = 80 } = error ? shell.stderr : shell.stdout;
    return `\n${command.createHelp().boxWrap(codes, columns)}`;
  });
}
