/** What the options of a client are where they are left out. Those of jobs stand with their kinds. */
export const CLIENT_DEFAULTS: {
  readonly edgeUrl: string;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
  readonly maxRetries: number;
  readonly maxRequests: number;
  readonly events: { readonly lingerMs: number; readonly minDelayMs: number; readonly maxDelayMs: number };
} = {
  edgeUrl: "https://edge.flowith.io",
  supabaseUrl: "https://aibdxsebwhalbnugsqel.supabase.co",
  supabaseKey: "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr",
  maxRetries: 2,
  maxRequests: 32,
  events: { lingerMs: 1_000, minDelayMs: 250, maxDelayMs: 10_000 },
};
