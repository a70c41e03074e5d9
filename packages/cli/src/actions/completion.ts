import { type CompletedShell, completionScripts } from "../completion/scripts.ts";
import type { Context } from "../context/context.ts";

/** `{ shell, script }` */
export async function completion({ output }: Context, shell: CompletedShell): Promise<void> {
  const script = completionScripts[shell];
  await output.result({ shell, script }, () => script.trimEnd());
}
