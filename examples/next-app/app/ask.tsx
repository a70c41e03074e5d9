"use client";

import { FlowithError, readGeneration } from "flowith-webapi";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { inWords } from "./in-words";

export function Ask() {
  const [prompt, setPrompt] = useState("Why is the sea salty?");
  const [answer, setAnswer] = useState({ text: "", reasoning: "" });
  const [picture, setPicture] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const stop = useRef<AbortController>(null);

  // Leaving by a link of the app ends what was begun; where the browser leaves, it does so itself.
  useEffect(() => () => stop.current?.abort(), []);

  async function run(path: string, show: (response: Promise<Response>) => Promise<void>) {
    const controller = new AbortController();
    const { signal } = controller;
    stop.current = controller;
    setIsBusy(true);
    setProblem(undefined);
    try {
      await show(fetch(path, { method: "POST", body: prompt, signal }));
    } catch (error) {
      if (!signal.aborted) setProblem(inWords(error));
    } finally {
      setIsBusy(false);
    }
  }

  async function write(response: Promise<Response>) {
    setAnswer({ text: "", reasoning: "" });
    for await (const chunk of readGeneration(response)) setAnswer(chunk);
  }

  async function draw(asked: Promise<Response>) {
    const response = await asked;
    if (!response.ok) throw FlowithError.from(await response.json());
    setPicture(URL.createObjectURL(await response.blob()));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    return run("/answer", write);
  }

  return (
    <>
      <form onSubmit={submit}>
        <textarea aria-label="Prompt" value={prompt} onChange={(event) => setPrompt(event.target.value)} />
        <button type="submit" disabled={isBusy}>
          Ask
        </button>
        <button type="button" disabled={isBusy} onClick={() => run("/picture", draw)}>
          Draw
        </button>
        <button type="button" disabled={!isBusy} onClick={() => stop.current?.abort()}>
          Stop
        </button>
      </form>
      {problem && <p role="alert">{problem}</p>}
      {answer.reasoning && (
        <details>
          <summary>Reasoning</summary>
          {answer.reasoning.trim()}
        </details>
      )}
      <output aria-label="Answer">{answer.text}</output>
      {picture && <img src={picture} alt={prompt} />}
    </>
  );
}
