import type { Prepare } from "./kind.ts";

/** What a model is asked for. */
export interface ModelFeatures {
  aspectRatio?: string | undefined;
  imageSize?: string | undefined;
  durationSeconds?: number | undefined;
  /** Only true asks for something: a clip without sound is no feature. */
  audio?: boolean | undefined;
  /** A first or last frame; only true asks for something. */
  keyframe?: boolean | undefined;
}

/** Refuses what a model cannot do, before credits are spent; where nobody knows, the job goes on. */
export type FeatureCheck = (
  verb: string,
  modelId: string,
  features: ModelFeatures,
  signal: AbortSignal,
) => Promise<void>;

/**
 * `prepare`, behind a check of what the caller asked for against the catalogue. Our own defaults do not count: they are no
 * reason to refuse.
 */
export function afterFeatureCheck(
  checkFeatures: FeatureCheck | undefined,
  verb: string,
  model: string,
  features: ModelFeatures,
  prepare: Prepare,
): Prepare {
  const isAsked = Object.values(features).some((feature) => feature !== undefined && feature !== false);
  if (checkFeatures === undefined || !isAsked) return prepare;
  return (signal) => prepare(signal, () => checkFeatures(verb, model, features, signal));
}
