import type { ModelInfo } from "flowith-webapi";
import type { MediaWish } from "./media.ts";

export type Clip = Pick<MediaWish, "durationSeconds" | "audio">;

export interface ClipFieldsProps {
  model: ModelInfo | undefined;
  value: Clip;
  onChange(value: Clip): void;
}

/** What only clips have: a length, and sound. */
export function ClipFields({ model, value, onChange }: ClipFieldsProps) {
  const lengths = model?.supportedDurations ?? [];
  const seconds = lengths.find((one) => one === value.durationSeconds) ?? lengths[0];
  return (
    <>
      {lengths.length > 0 && (
        <select
          aria-label="Length"
          value={seconds}
          onChange={({ target }) => onChange({ ...value, durationSeconds: Number(target.value) })}
        >
          {lengths.map((one) => (
            <option key={one} value={one}>
              {one} s
            </option>
          ))}
        </select>
      )}
      {model?.supportsAudio === true && (
        <label className="check">
          <input
            type="checkbox"
            checked={value.audio ?? true}
            onChange={({ target }) => onChange({ ...value, audio: target.checked })}
          />
          Sound
        </label>
      )}
    </>
  );
}
