import type { Command } from "commander";
import type { Act } from "../act.ts";
import { addExamples } from "../examples.ts";
import { collect } from "./collect.ts";
import { positiveNumber } from "./number-option.ts";
import { positiveInteger } from "./positive-integer.ts";
import { portNumber, seconds } from "./seconds.ts";

const about = `
Over stdio, stdout is the protocol's alone, and the server ends with stdin. With
--http, one line of JSON is written to stdout when it is ready, {"url"}, and
clients send the key of --key-file or FLOWITH_MCP_KEY as a bearer token.`;

/** The MCP server. */
export function addMcpCommand(program: Command, act: Act): void {
  const mcp = program
    .command("mcp")
    .description("a server for agents (Model Context Protocol): texts, pictures, clips, conversations as tools")
    .option(
      "--max-credits <n>",
      "refuse what would spend more than so many credits in one run of the server",
      positiveNumber,
    )
    .option("--root <folder>", "files in it may be uploaded; may be given several times", collect)
    .option("--save-dir <folder>", "save pictures and clips there too; default: links alone")
    .option(
      "--max-image-bytes <n>",
      "pictures up to this size are shown to the model, larger ones linked",
      positiveInteger,
      700_000,
    )
    .option("--wait <seconds>", "how long a tool waits for a job before it answers with the job's id", seconds, 50)
    .option("--http", "serve over HTTP in place of stdio")
    .option("--port <n>", "with --http; 0 takes any free one (default: 8788)", portNumber)
    .option("--host <address>", "with --http (default: 127.0.0.1)")
    .option("--key-file <file>", "with --http: what clients send as a bearer token is in its first line")
    .option("--no-key", "with --http on this machine's own address: let in everybody who reaches it")
    .option("--allow-origin <origin>", "with --http: let its pages connect; may be given several times", collect);
  addExamples(
    mcp.addHelpText("after", about),
    "claude mcp add flowith -- flowith mcp --max-credits 500",
    "flowith mcp --root . --save-dir pictures",
    "flowith mcp --http --port 8788 --key-file mcp.key",
  ).action(act(async () => (await import("../mcp/mcp.ts")).mcp));
}
