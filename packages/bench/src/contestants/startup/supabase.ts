const startedAtMs = performance.now();
const { createClient } = await import("@supabase/supabase-js");
createClient("http://127.0.0.1:9", "key");
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - startedAtMs })}\n`);
process.exit(0);

export {};
