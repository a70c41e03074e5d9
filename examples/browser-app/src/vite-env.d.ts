interface ImportMetaEnv {
  /** A gateway that passes requests on, where the service refuses the page's origin: `https://gateway.example`. */
  readonly VITE_FLOWITH_GATEWAY?: string;
  readonly VITE_FLOWITH_EDGE_URL?: string;
  readonly VITE_FLOWITH_SUPABASE_URL?: string;
  readonly VITE_FLOWITH_SUPABASE_KEY?: string;
}
