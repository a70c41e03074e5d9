import { Download, ImagePlus } from "lucide-react";
import { useState } from "react";
import { useFlowith } from "../client/client-context.ts";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";
import { cssRatio, type Media } from "./media.ts";

/** A picture or clip, to be kept or to be gone on from. */
export function MediaFigure({ media }: { media: Media }) {
  const { kind, url, prompt, aspectRatio } = media;
  const desk = useDesk();
  const flowith = useFlowith();
  const [isSaving, setSaving] = useState(false);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<unknown>();
  const style = { aspectRatio: cssRatio(aspectRatio) };
  const name = prompt === "" ? (kind === "image" ? "A picture" : "A clip") : prompt;

  async function save(): Promise<void> {
    setProblem(undefined);
    setSaving(true);
    try {
      const { location } = await flowith.media(url).save();
      setSaid(`Saved as ${location}.`);
    } catch (error) {
      setProblem(error);
    }
    setSaving(false);
  }

  return (
    <figure className="media">
      {kind === "image" ? (
        <img src={url} alt={name} style={style} loading="lazy" />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: what was made has no words
        <video src={url} controls loop playsInline preload="metadata" style={style} aria-label={name} />
      )}
      <figcaption>
        <span className="media-prompt">{prompt}</span>
        <div className="actions">
          <button type="button" onClick={() => void save()} disabled={isSaving} aria-label={`Save: ${name}`}>
            <Download aria-hidden="true" /> Save
          </button>
          {kind === "image" && (
            <button
              type="button"
              aria-label={`Use as input: ${name}`}
              onClick={() => {
                desk.inputs.use(url, `${name.slice(0, 40)}.png`);
                setSaid("It goes along with the next question or wish.");
              }}
            >
              <ImagePlus aria-hidden="true" /> Use as input
            </button>
          )}
        </div>
        <p role="status" className="soft">
          {said}
        </p>
        {problem !== undefined && <ProblemNote problem={problem} />}
      </figcaption>
    </figure>
  );
}
