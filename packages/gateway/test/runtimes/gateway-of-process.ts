import process from "node:process";
import { createGateway, type Gateway } from "@flowith-webapi/gateway";

/** A gateway to the service that the environment names. */
export function gatewayOfProcess(): Gateway {
  const {
    FLOWITH_EDGE_URL: edgeUrl,
    FLOWITH_SUPABASE_URL: supabaseUrl,
    FLOWITH_SUPABASE_KEY: supabaseKey,
  } = process.env;
  return createGateway({ flowith: { edgeUrl, supabaseUrl, supabaseKey } });
}

/** Says where it serves, and ends when its input does: a signal would reach what has started the runtime alone. */
export function serving(port: number): void {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
  process.stdin.on("end", () => process.exit());
  process.stdin.resume();
}
