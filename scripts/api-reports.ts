/**
 * The public API of each package as a file in packages/<name>/api, read from the declarations in dist.
 * `node scripts/api-reports.ts` writes them, with `--check` it fails where one differs. Needs a build.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
  type IConfigMessageReportingRule,
} from "@microsoft/api-extractor";

/** The declarations of each entry that a package exports: one report each, of which that of `index` has the package's name. */
function entriesOf(name: string): { name: string; folder: string; entry: string }[] {
  const manifest = readFileSync(join("packages", name, "package.json"), "utf8");
  const found = new Set([...manifest.matchAll(/"\.\/dist\/([\w-]+)\.d\.ts"/g)].map(([, entry = ""]) => entry));
  return [...found].sort().map((entry) => ({
    name: entry === "index" ? name : `${name}-${entry}`,
    folder: name,
    entry: `${entry}.d.ts`,
  }));
}

const reports = ["core", "supabase", "sdk", "emulator", "ai-sdk", "gateway"].flatMap(entriesOf);

const silent: IConfigMessageReportingRule = { logLevel: ExtractorLogLevel.None };
const isCheck = process.argv.includes("--check");
const temporary = mkdtempSync(join(tmpdir(), "flowith-api-"));
const changed: string[] = [];

for (const { name, folder, entry } of reports) {
  const projectFolder = resolve("packages", folder);
  const reportFolder = join(projectFolder, "api");
  mkdirSync(reportFolder, { recursive: true });
  const configObject: IConfigFile = {
    projectFolder,
    mainEntryPointFilePath: join(projectFolder, "dist", entry),
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: "ES2022",
          lib: ["ES2023", "DOM", "DOM.Iterable", "DOM.AsyncIterable", "ESNext.Disposable"],
          module: "ESNext",
          moduleResolution: "Bundler",
          types: [],
          strict: true,
          skipLibCheck: true,
        },
        include: [join("dist", entry)],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: `${name}.api.md`,
      reportFolder,
      reportTempFolder: temporary,
      // The SDK's clients have most of their methods from a base that is not exported; elsewhere it would be internals.
      includeForgottenExports: folder === "sdk",
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      // Its findings about comments are about its own dialect of them.
      extractorMessageReporting: { default: silent },
      tsdocMessageReporting: { default: silent },
    },
    newlineKind: "lf",
  };
  const config = ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, "package.json"),
  });
  const result = Extractor.invoke(config, {
    localBuild: !isCheck,
    printApiReportDiff: isCheck,
    messageCallback: (message) => {
      // How the report is written is told below.
      if (message.messageId.startsWith("console-") && !message.messageId.includes("diff")) message.handled = true;
    },
  });
  if (result.errorCount > 0) process.exitCode = 1;
  if (result.apiReportChanged) changed.push(`packages/${folder}/api/${name}.api.md`);
}
rmSync(temporary, { recursive: true });

if (changed.length > 0) {
  const files = changed.join(", ");
  process.stdout.write(isCheck ? `The public API has changed: ${files}. Write it with \`pnpm api\`.\n` : `${files}\n`);
  if (isCheck) process.exitCode = 1;
}
