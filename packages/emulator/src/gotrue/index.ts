export type { AuthEmail } from "./context.ts";
export { createGoTrue, type GoTrue, type GoTrueOptions } from "./gotrue.ts";
export type { ProviderSettings, Providers } from "./providers.ts";
export { authSchema } from "./schema.ts";
export type { GoTrueSession } from "./session.ts";
export type { GoTrueIdentity, GoTrueUser } from "./user.ts";
