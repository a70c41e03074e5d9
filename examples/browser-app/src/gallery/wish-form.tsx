import type { ModelInfo } from "flowith-webapi";
import { type FormEvent, useState } from "react";
import { useStore } from "../client/store.ts";
import { FileButton } from "../inputs/file-button.tsx";
import { InputList } from "../inputs/input-list.tsx";
import { isOnItsWay } from "../inputs/inputs.ts";
import { ModelSelect } from "../models/model-select.tsx";
import { useDesk } from "../shell/desk.ts";
import { type Clip, ClipFields } from "./clip-fields.tsx";
import type { MediaWish } from "./media.ts";

const FALLBACKS = { image: "gemini-3.1-flash-image", video: "seedance-2.0-fast" };

/** What is to be made, as far as the chosen model can do it. */
export function WishForm({ onWish }: { onWish(wish: MediaWish): void }) {
  const desk = useDesk();
  const { value: models } = useStore(desk.models.store);
  const inputs = useStore(desk.inputs.store);
  const [kind, setKind] = useState<"image" | "video">("image");
  const [prompt, setPrompt] = useState("");
  const [chosen, setChosen] = useState<Partial<Record<"image" | "video", string>>>({});
  const [aspectRatio, setAspectRatio] = useState<string>();
  const [clip, setClip] = useState<Clip>(noClip);
  const modelId = chosen[kind] ?? FALLBACKS[kind];
  const model = models?.find((one) => one.modelId === modelId);
  const shapes = model?.supportedAspectRatios ?? [];
  const shape = shapes.find((one) => one === aspectRatio) ?? shapes[0];

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { pictures } = desk.inputs.take();
    const own = kind === "video" ? possible(clip, model) : noClip;
    onWish({ kind, prompt: prompt.trim(), model: chosen[kind], aspectRatio: shape, pictures, ...own });
    setPrompt("");
  }

  return (
    <form className="composer" onSubmit={submit} aria-label="Make">
      <InputList inputs={desk.inputs} />
      <textarea
        aria-label="What to make"
        placeholder={kind === "image" ? "A ripe banana on marble" : "A cat on a beach"}
        rows={2}
        value={prompt}
        onChange={({ target }) => setPrompt(target.value)}
      />
      <div className="composer-row">
        <FileButton inputs={desk.inputs} />
        <select
          aria-label="Kind"
          value={kind}
          onChange={({ target }) => setKind(target.value === "video" ? "video" : "image")}
        >
          <option value="image">Picture</option>
          <option value="video">Clip</option>
        </select>
        <ModelSelect
          media={kind}
          fallback={FALLBACKS[kind]}
          value={chosen[kind]}
          onChange={(id) => setChosen({ ...chosen, [kind]: id })}
        />
        {shapes.length > 0 && (
          <select aria-label="Shape" value={shape} onChange={({ target }) => setAspectRatio(target.value)}>
            {shapes.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
        {kind === "video" && <ClipFields model={model} value={clip} onChange={setClip} />}
        <button type="submit" className="primary" disabled={prompt.trim() === "" || inputs.some(isOnItsWay)}>
          Make it
        </button>
      </div>
    </form>
  );
}

/** What of it the model can do: the choice may have been made for another one. */
function possible({ durationSeconds, audio }: Clip, model: ModelInfo | undefined): Clip {
  return {
    durationSeconds: model?.supportedDurations?.find((one) => one === durationSeconds),
    audio: model?.supportsAudio === true ? audio : undefined,
  };
}

const noClip = { durationSeconds: undefined, audio: undefined };
