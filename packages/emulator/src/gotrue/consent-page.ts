import { html } from "hono/html";

export interface ConsentPage {
  provider: string;
  /** The host that the user signs in to. */
  site: string;
  callback: string;
  state: string;
  scopes: readonly string[];
  accounts: readonly string[];
}

const names: Readonly<Record<string, string>> = {
  google: "Google",
  github: "GitHub",
  gitlab: "GitLab",
  twitter: "Twitter",
};

const style = `
  :root { color-scheme: light dark; --line: #d9d9e3; --ink: #17171c; --soft: #6b6b78; --card: #fff; --page: #f4f3f8; --accent: #5b4bdb; }
  @media (prefers-color-scheme: dark) { :root { --line: #34343f; --ink: #f1f0f6; --soft: #a3a2b0; --card: #1d1d24; --page: #121217; --accent: #9d90ff; } }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  main { width: min(100%, 400px); padding: 32px; border: 1px solid var(--line); border-radius: 20px; background: var(--card); }
  h1 { margin: 0 0 4px; font-size: 22px; line-height: 1.25; }
  p { margin: 0 0 20px; color: var(--soft); }
  ul { list-style: none; margin: 0 0 20px; padding: 0; display: grid; gap: 8px; }
  button, input { width: 100%; padding: 12px 14px; border: 1px solid var(--line); border-radius: 12px; background: transparent; color: inherit; font: inherit; }
  button { cursor: pointer; }
  button:hover, button:focus-visible, input:focus-visible { outline: none; border-color: var(--accent); }
  .account { display: flex; align-items: center; gap: 12px; text-align: left; overflow-wrap: anywhere; }
  .account span { flex: none; width: 32px; height: 32px; border-radius: 50%; display: grid; place-items: center; background: var(--accent); color: var(--card); font-weight: 600; text-transform: uppercase; }
  label { display: block; margin-bottom: 6px; font-size: 14px; color: var(--soft); }
  .primary { margin-top: 8px; border-color: var(--accent); background: var(--accent); color: var(--card); font-weight: 600; }
  .quiet { margin-top: 12px; border-color: transparent; color: var(--soft); }
  small { display: block; margin-top: 16px; color: var(--soft); }
`;

/** Markup with every value escaped. */
type Markup = ReturnType<typeof html>;

function accountButton(email: string): Markup {
  return html`<li><button class="account" name="code" value="${email}"><span aria-hidden="true">${email.charAt(0)}</span>${email}</button></li>`;
}

export function consentPage({ provider, site, callback, state, scopes, accounts }: ConsentPage): string {
  const name = names[provider] ?? provider;
  const chooser = html`
    <form action="${callback}" method="get">
      <input type="hidden" name="state" value="${state}">
      <ul>${accounts.map(accountButton)}</ul>
    </form>`;
  return String(html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <title>Sign in with ${name}</title>
  <link rel="icon" href="data:,">
  <style>${style}</style>
</head>
<body>
  <main>
    <h1>Sign in with ${name}</h1>
    <p>to continue to <strong>${site}</strong></p>
    ${accounts.length > 0 ? chooser : ""}
    <form action="${callback}" method="get">
      <input type="hidden" name="state" value="${state}">
      <label for="code">${accounts.length > 0 ? "Another account" : "Account"}</label>
      <input id="code" name="code" type="email" required autocomplete="off" placeholder="you@example.com">
      <button class="primary">Continue</button>
    </form>
    <form action="${callback}" method="get">
      <input type="hidden" name="state" value="${state}">
      <input type="hidden" name="error" value="access_denied">
      <input type="hidden" name="error_description" value="The user has denied access">
      <button class="quiet">Cancel</button>
    </form>
    <small>This emulator stands in for ${name} and asks for no password.${scopes.length > 0 ? ` Asked for: ${scopes.join(", ")}.` : ""}</small>
  </main>
</body>
</html>
`);
}
