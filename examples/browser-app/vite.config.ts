import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the emulator says that it is (`flowith-emulator exec`) stands in for settings that are not there. Tokens stay out. */
const settings = ["EDGE_URL", "SUPABASE_URL", "SUPABASE_KEY"].flatMap((name) => {
  const value = process.env[`VITE_FLOWITH_${name}`] ?? process.env[`FLOWITH_${name}`];
  return value === undefined ? [] : [[`import.meta.env.VITE_FLOWITH_${name}`, JSON.stringify(value)]];
});

export default defineConfig({
  plugins: [react()],
  define: Object.fromEntries(settings),
  server: { host: "127.0.0.1", port: 5173 },
  build: { rolldownOptions: { input: ["index.html", "signed-in.html"] } },
});
