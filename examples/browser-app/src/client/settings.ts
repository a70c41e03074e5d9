/** Where the service is: as it stands in the SDK, an emulator, or a gateway that passes requests on. */
export interface Settings {
  edgeUrl?: string;
  supabaseUrl?: string;
  supabaseKey?: string;
}

/** Of the environment of the build. A gateway is one setting, since both of its addresses lie below it. */
export function readSettings(env: ImportMetaEnv): Settings {
  const gateway = env.VITE_FLOWITH_GATEWAY?.replace(/\/+$/, "");
  const edgeUrl = gateway ? `${gateway}/edge` : env.VITE_FLOWITH_EDGE_URL;
  const supabaseUrl = gateway ? `${gateway}/supabase` : env.VITE_FLOWITH_SUPABASE_URL;
  const supabaseKey = env.VITE_FLOWITH_SUPABASE_KEY;
  return { ...(edgeUrl && { edgeUrl }), ...(supabaseUrl && { supabaseUrl }), ...(supabaseKey && { supabaseKey }) };
}
