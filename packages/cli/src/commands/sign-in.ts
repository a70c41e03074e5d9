import { type Command, Option } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { SHELLS } from "../output/assignment.ts";
import { portNumber, seconds } from "./seconds.ts";

export function addSignInCommands(program: Command, act: Act): void {
  const login = program
    .command("login")
    .description("sign in; without flags, a terminal is asked how. --profile NAME makes a profile of that name")
    .option("--browser", "through a provider in the browser, which comes back to a port of this machine")
    .addOption(new Option("--provider <name>", "of --browser").choices(["google", "github", "twitter"]))
    .option("--email <address>", "by e-mail and password, which is asked for")
    .option("--password-stdin", "the password is piped in")
    .option("--paste", "a session that was copied out of the web app, or a token")
    .option("--token-stdin", "the same, piped in")
    .option("--web-app", "the web app hands its token over: it lasts about an hour, and nothing renews it")
    .option("--web-app-url <url>", "where the web app is, for --web-app")
    .option("--port <number>", "the port for the browser; 0 is any free one", portNumber, 0)
    .option("--timeout <seconds>", "how long the browser is waited for", seconds, 300)
    .option("--no-open", "print the address, and open no browser");
  addExamples(
    login,
    "flowith login",
    "flowith login --browser --provider github --profile work",
    "flowith login --email you@example.com --password-stdin < password.txt",
    "pbpaste | flowith login --token-stdin",
  ).action(act(async () => (await import("../actions/login.ts")).login));

  const logout = program
    .command("logout")
    .description("end the session at the service, and forget it here")
    .addOption(
      new Option(
        "--scope <which>",
        "local: this session alone (the default: your browsers and other machines stay signed in); global: all of the account; others: all but this one",
      ).choices(["local", "global", "others"]),
    )
    .option("--all", "the sessions of all profiles")
    .option("--force", "forget it here even where the service cannot be reached");
  addExamples(logout, "flowith logout", "flowith logout --profile work --scope global", "flowith logout --all").action(
    act(async () => (await import("../actions/logout.ts")).logout),
  );

  const env = program
    .command("env")
    .description("the variables by which programs on the SDK share the session; no token is among them")
    .addOption(new Option("--shell <name>", "who reads them").choices(SHELLS).default("bash"));
  addExamples(
    env,
    'eval "$(flowith env)" && node script.js',
    "flowith env --profile work --shell dotenv > .env",
    "flowith env --shell fish | source",
  ).action(act(async () => (await import("../actions/env.ts")).env));
}
