import { arch, platform } from "node:os";
import { resolve } from "node:path";
import { DEFAULT_ADDRESSES, type Session } from "flowith-webapi";
import { CliError, QuietEnd, usageError } from "../cli-error.ts";
import { apiKeyOf } from "../context/api-key.ts";
import type { Context } from "../context/context.ts";
import { diskWords } from "../disk/disk-words.ts";
import { Asker } from "../doctor/http/asker.ts";
import { ownSession } from "../doctor/own-session.ts";
import { plannedChecks, replayedChecks } from "../doctor/plan.ts";
import { Recorder } from "../doctor/recorder.ts";
import { Redactor } from "../doctor/redactor.ts";
import { Replay } from "../doctor/replay.ts";
import { markdownReport } from "../doctor/report/markdown.ts";
import { summaryOf } from "../doctor/report/summary.ts";
import { groupText, summaryText } from "../doctor/report/terminal.ts";
import { checkRecordFolder, checkReportFile, writeReport } from "../doctor/report/write-report.ts";
import { runChecks } from "../doctor/run-checks.ts";
import { ExitCode } from "../exit-codes.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { packageVersion } from "../package-version.ts";
import { confirmSpending } from "./confirm-spending.ts";

export interface DoctorFlags {
  report?: string;
  record?: string;
  from?: string;
  origin?: string;
  wait: number;
  timeout: number;
  jobLimit: number;
  write?: boolean;
  spend?: boolean;
  yes?: boolean;
}

/** Whoever was signed in when a recording was made. */
const RECORDED_SESSION: Session = {
  accessToken: "recorded",
  userId: "00000000-0000-4000-8000-000000000001",
  expiresAtMs: Number.POSITIVE_INFINITY,
};

/**
 * `{ version, at, edgeHost, supabaseHost, isInterrupted, summary: { holds, differs, unknown }, findings: [{ id, group, wire, title,
 * status, note?, expected?, came?, why?, blockedBy?, advice?, elapsedMs }], report, recording }`
 */
export async function doctor(context: Context, flags: DoctorFlags): Promise<void> {
  const { output, shell } = context;
  const { env, cwd } = shell;
  const origin = flags.origin === undefined ? undefined : checkedOrigin(flags.origin);
  const report = flags.report === undefined ? undefined : resolve(cwd, flags.report);
  const recording = flags.record === undefined ? undefined : resolve(cwd, flags.record);
  if (report !== undefined) await checkReportFile(report);
  if (recording !== undefined) await checkRecordFolder(recording);
  const replay = flags.from === undefined ? undefined : await Replay.read(resolve(cwd, flags.from));
  if (replay !== undefined && (flags.write || flags.spend || recording !== undefined)) {
    throw usageError("--from asks a recording, and goes with none of --write, --spend and --record.");
  }
  if (flags.spend) await confirmSpending(context, flags.yes ?? false);

  const interrupted = new AbortController();
  const signal = AbortSignal.any([shell.signal, interrupted.signal]);
  const redactor = new Redactor();
  redactor.hide(env.FLOWITH_TOKEN?.trim(), "[token]");
  redactor.hide(env.FLOWITH_REFRESH_TOKEN?.trim(), "[secret]");
  const apiKey = replay === undefined ? apiKeyOf(env) : "recorded";
  redactor.hide(apiKeyOf(env), "[key]");
  const recorder = recording === undefined ? undefined : new Recorder(recording, redactor);
  await recorder?.prepare();
  const [client, settings] = await Promise.all([context.client(), context.settings()]);
  const edgeUrl = (settings.edgeUrl ?? DEFAULT_ADDRESSES.edgeUrl).replace(/\/+$/, "");
  const { supabaseUrl, supabaseKey } = client;
  const session = replay === undefined ? ownSession(client, redactor, signal) : async () => RECORDED_SESSION;
  const plan = replay === undefined ? plannedChecks : replayedChecks;
  const groups = plan({
    env,
    settings,
    apiKey,
    edgeUrl,
    supabaseUrl,
    isDefaultService: edgeUrl === DEFAULT_ADDRESSES.edgeUrl,
    redactor,
    session,
    client: () => context.client(),
    // jobs of the doctor are no jobs of the person's, and nobody takes them up again
    makeClient: async (options) =>
      context.makeClient({
        token: (await session()).accessToken,
        refreshToken: undefined,
        store: undefined,
        jobStore: undefined,
        logLevel: "silent",
        ...options,
      }),
    origin,
    writes: flags.write ?? false,
    spends: flags.spend ?? false,
    waitMs: flags.wait * 1_000,
    jobMs: flags.jobLimit * 1_000,
  });
  const stopListening = shell.onInterrupt(() => {
    stopListening();
    output.note("Interrupted: what is known so far follows. Ctrl-C again ends at once.");
    interrupted.abort();
  });
  using line = new ProgressLine(output, "Looking");
  const pending: Promise<void>[] = [];
  const findings = await runChecks(groups, {
    signal,
    redactor,
    askerFor: ({ id, wire }) =>
      new Asker(
        {
          edgeUrl,
          supabaseUrl: supabaseUrl.replace(/\/+$/, ""),
          supabaseKey,
          token: async () => (await session()).accessToken,
          timeoutMs: flags.timeout * 1_000,
          signal,
          recorder,
          fetch: replay?.fetchFor(id),
        },
        { id, wire },
      ),
    onStart: ({ title }) => {
      line.text = title;
    },
    onGroup: (title, found) => {
      if (output.isJson) return;
      line.clear();
      pending.push(output.write(groupText(output, title, found)));
    },
  });
  stopListening();
  await Promise.all(pending);
  const head = {
    version: packageVersion(),
    at: new Date().toISOString(),
    edgeHost: new URL(edgeUrl).host,
    supabaseHost: new URL(supabaseUrl).host,
  };
  const options: string[] = (["write", "spend"] as const).filter((name) => flags[name]).map((name) => `--${name}`);
  if (flags.from !== undefined) options.push("--from");
  if (origin !== undefined) options.push(`--origin ${origin}`);
  if (report !== undefined) {
    const system = `${platform()} ${arch()}`;
    const full = { ...head, node: process.versions.node, system, options: options.join(" ") };
    await writeReport(report, markdownReport(full, findings));
  }
  const isInterrupted = interrupted.signal.aborted;
  const summary = summaryOf(findings);
  const result = { ...head, isInterrupted, summary, findings, report: report ?? null, recording: recording ?? null };
  line.clear();
  await output.result(result, () =>
    [
      summaryText(output, findings),
      ...(report === undefined ? [] : [`Report: ${report}`]),
      ...(recording === undefined ? [] : [`Recording: ${recording}. Look through it before you share it.`]),
    ].join("\n"),
  );
  if (recorder?.failure !== undefined) throw unkept(recorder.failure);
  if (isInterrupted) throw new QuietEnd(ExitCode.Interrupted);
  if (findings.some(({ id, status }) => id === "session.found" && status !== "holds"))
    throw new QuietEnd(ExitCode.SignIn);
  if (summary.differs > 0) throw new QuietEnd(ExitCode.Partly);
}

function unkept(cause: unknown): CliError {
  return new CliError(`The recording is not whole: ${diskWords(cause)}.`, { code: "file_save", cause });
}

/** @throws CliError for what is no origin of a page */
function checkedOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "";
  if (isOrigin) return url.origin;
  throw usageError(`An origin is as https://app.example, not ${JSON.stringify(text)}.`);
}
