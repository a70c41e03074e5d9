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
