/** Where the service is when nothing else is said. The SDK has them by itself; here they need not be remembered. */
export const DEFAULT_ADDRESSES = {
  edgeUrl: "https://edge.flowith.io",
  supabaseUrl: "https://aibdxsebwhalbnugsqel.supabase.co",
  supabaseKey: "sb_publishable_qPCinc8LE8ChpdT7Pf79tQ_eryz5udr",
} as const;

export type Addresses = Partial<Record<keyof typeof DEFAULT_ADDRESSES, string | undefined>>;

/** Those that are others than the default. */
export function ownAddresses({ edgeUrl, supabaseUrl, supabaseKey }: Addresses): Addresses {
  const found = Object.entries({ edgeUrl, supabaseUrl, supabaseKey }).filter(([name, value]) => {
    const usual = DEFAULT_ADDRESSES[name as keyof typeof DEFAULT_ADDRESSES];
    return value !== undefined && value.replace(/\/+$/, "") !== usual;
  });
  return Object.fromEntries(found);
}
