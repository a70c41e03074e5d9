import { DEFAULT_ADDRESSES } from "flowith-webapi";

export type Addresses = Partial<Record<keyof typeof DEFAULT_ADDRESSES, string | undefined>>;

/** Those that are others than the default. */
export function ownAddresses({ edgeUrl, supabaseUrl, supabaseKey }: Addresses): Addresses {
  const found = Object.entries({ edgeUrl, supabaseUrl, supabaseKey }).filter(([name, value]) => {
    const usual = DEFAULT_ADDRESSES[name as keyof typeof DEFAULT_ADDRESSES];
    return value !== undefined && value.replace(/\/+$/, "") !== usual;
  });
  return Object.fromEntries(found);
}
