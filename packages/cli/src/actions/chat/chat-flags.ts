export interface ChatFlags {
  model?: string;
  system?: string;
  conversation?: string;
  image?: string[];
  maxTurns?: number;
  /** Where pictures and clips are saved. */
  output: string;
  reasoning: boolean;
  history: boolean;
}
