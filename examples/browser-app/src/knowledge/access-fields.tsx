import { useEffect, useEffectEvent, useState } from "react";
import { readSettings } from "../client/settings.ts";
import type { KnowledgeAccess } from "./use-knowledge.ts";

const KEY = "flowith-api-key";
const BASES = "flowith-knowledge-bases";

/** The key stays in this tab, and goes nowhere but to Flowith. */
export function AccessFields({ onChange }: { onChange(access: KnowledgeAccess | undefined): void }) {
  const [apiKey, setApiKey] = useState(() => sessionStorage.getItem(KEY) ?? "");
  const [bases, setBases] = useState(() => localStorage.getItem(BASES) ?? "");
  const tell = useEffectEvent(onChange);

  useEffect(() => {
    sessionStorage.setItem(KEY, apiKey);
    localStorage.setItem(BASES, bases);
    const knowledgeBases = bases.split(/[\s,]+/).filter((id) => id !== "");
    tell(apiKey.trim() !== "" && knowledgeBases.length > 0 ? { apiKey: apiKey.trim(), knowledgeBases } : undefined);
  }, [apiKey, bases]);

  return (
    <details className="way" open={apiKey === "" || bases === ""}>
      <summary>Key and knowledge bases</summary>
      <form onSubmit={(event) => event.preventDefault()}>
        <label htmlFor="api-key">API key</label>
        <input
          id="api-key"
          type="password"
          autoComplete="off"
          value={apiKey}
          onChange={({ target }) => setApiKey(target.value)}
        />
        <p className="soft">
          The web app makes one in its settings; a session does not open knowledge bases. It is forgotten when this tab
          is closed.
          <EmulatorHint />
        </p>
        <label htmlFor="knowledge-bases">Ids of knowledge bases</label>
        <textarea id="knowledge-bases" rows={2} value={bases} onChange={({ target }) => setBases(target.value)} />
        <p className="soft">One a line, out of the address of each in the web app.</p>
      </form>
    </details>
  );
}

/** An emulator tells keys to whoever asks on its own machine. */
function EmulatorHint() {
  const { edgeUrl = "" } = readSettings(import.meta.env);
  if (!/^http:\/\/(127\.0\.0\.1|localhost)\b/.test(edgeUrl)) return null;
  return (
    <>
      {" "}
      The emulator has <a href={`${edgeUrl}/__emulator`}>keys of its users</a>; Alice’s knowledge base is{" "}
      <code>0b000000-0000-4000-8000-000000000001</code>.
    </>
  );
}
