import { commonRatioOf } from "./ratios.ts";

/** Lines of a clip's shorter side. The catalogue of models says nothing of them. */
export const VIDEO_LINES: readonly number[] = [360, 480, 540, 576, 720, 768, 1080, 1440, 2160];

/** A clip's resolution as the service takes it. */
export interface VideoResolution {
  /** Such as `720p`. */
  lines: string;
  /** The shape, where pixels say it. */
  ratio: string | undefined;
}

/**
 * Of `720p`, which is also the shorter side of `1280x720`. Undefined for what is neither, or has lines or a shape that no clip
 * has: the service takes any text, and the clip is paid.
 */
export function videoResolution(name: string): VideoResolution | undefined {
  const [, lines, width, height] = /^(?:(\d+)p|(\d+)x(\d+))$/i.exec(name) ?? [];
  const shorter = lines === undefined ? Math.min(Number(width), Number(height)) : Number(lines);
  const ratio = lines === undefined ? commonRatioOf(Number(width), Number(height)) : undefined;
  const isKnown = VIDEO_LINES.includes(shorter) && (lines !== undefined || ratio !== undefined);
  return isKnown ? { lines: `${shorter}p`, ratio } : undefined;
}
