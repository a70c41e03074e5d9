import { Suspense } from "react";
import { Ask } from "./ask";
import { Credits } from "./credits";

export default function Page() {
  return (
    <main>
      <h1>Ask Flowith</h1>
      <Suspense fallback={<p>…</p>}>
        <Credits />
      </Suspense>
      <Ask />
    </main>
  );
}
