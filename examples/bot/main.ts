// A bot for many users: node main.ts
import { Bot } from "./bot.ts";
import { lines } from "./messenger.ts";
import { serveSignInPage } from "./sign-in-page.ts";

// Not Flowith.fromEnv(): FLOWITH_TOKEN would be the session of whoever has none.
const { FLOWITH_EDGE_URL, FLOWITH_SUPABASE_URL, FLOWITH_SUPABASE_KEY } = process.env;
const { BOT_FOLDER = "./bot-data", BOT_PORT = "8787" } = process.env;
const bot = new Bot({
  messenger: lines,
  folder: BOT_FOLDER,
  redirectTo: await serveSignInPage(Number(BOT_PORT)),
  service: { edgeUrl: FLOWITH_EDGE_URL, supabaseUrl: FLOWITH_SUPABASE_URL, supabaseKey: FLOWITH_SUPABASE_KEY },
});
await bot.start();
