/** The version of supabase-js whose requests ours are like. */
const SUPABASE_JS = "2.119.1";

/**
 * The header `x-client-info`: what the service learns of the library and the runtime, in the words of supabase-js. A
 * `PostgrestClient` alone sends none.
 */
export function clientInfo(globals: object = globalThis): string {
  return [`supabase-js/${SUPABASE_JS}`, ...environment((...path) => valueAt(globals, path))].join("; ");
}

function environment(at: (...path: string[]) => unknown): string[] {
  const userAgent = String(at("navigator", "userAgent") ?? "");
  if (userAgent === "Cloudflare-Workers") return ["platform=cloudflare-workers"];
  if (at("Deno") !== undefined) {
    const isEdgeRuntime = typeof at("EdgeRuntime") === "object" && at("EdgeRuntime") !== null;
    const platform = isEdgeRuntime
      ? ["platform=edge-runtime", ...named("platform-version", at("SUPABASE_VERSION"))]
      : named("platform", at("Netlify") === undefined ? undefined : "netlify-edge");
    return [...platform, "runtime=deno", ...named("runtime-version", at("Deno", "version", "deno"))];
  }
  if (at("Bun") !== undefined) return ["runtime=bun", ...named("runtime-version", at("Bun", "version"))];
  if (typeof at("EdgeRuntime") === "string") return ["platform=vercel-edge-runtime"];
  if (at("navigator", "product") === "ReactNative") return ["framework=react-native"];
  if (at("document") !== undefined || at("WorkerGlobalScope") !== undefined) {
    return ["platform=browser", ...electron(/\bElectron\/([\w.-]+)/.exec(userAgent)?.[1])];
  }
  const version = String(at("process", "version") ?? "").replace(/^v/, "");
  return ["runtime=node", ...named("runtime-version", version), ...electron(at("process", "versions", "electron"))];
}

function electron(version: unknown): string[] {
  return version === undefined ? [] : ["framework=electron", ...named("framework-version", version)];
}

function named(name: string, value: unknown): string[] {
  return typeof value === "string" && value !== "" ? [`${name}=${value}`] : [];
}

function valueAt(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined),
    from,
  );
}
