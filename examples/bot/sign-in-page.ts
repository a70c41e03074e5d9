// Where users come back to from the page of their provider: it shows what to send to the bot.
import { createServer } from "node:http";

/**
 * The code goes through the user's own chat, and works only for the chat that the sign-in was begun in: whoever follows
 * somebody else's link gives nothing away. A messenger whose links can bring a text back spares the copying.
 */
export function serveSignInPage(port: number): Promise<string> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    const code = searchParams.get("code");
    response.setHeader("content-type", "text/plain; charset=utf-8");
    response.setHeader("cache-control", "no-store");
    response.end(
      code ? `Send this to the bot: /login ${code}` : "You are not signed in. Send /login to the bot again.",
    );
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${port}/back`));
  });
}
