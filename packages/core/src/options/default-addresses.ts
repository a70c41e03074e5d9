/** Apart from the others, so that the developer API, which needs no more, does not bring them along. */
export const DEFAULT_EDGE_URL = "https://edge.flowith.io";

/** Where the service is unless options say otherwise: the defaults of `edgeUrl`, `supabaseUrl` and its public `supabaseKey`. */
export const DEFAULT_ADDRESSES: {
  readonly edgeUrl: string;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
} = {
  edgeUrl: DEFAULT_EDGE_URL,
  supabaseUrl: "https://aibdxsebwhalbnugsqel.supabase.co",
  supabaseKey: "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr",
};
