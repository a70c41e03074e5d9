export type { Account } from "./accounts/account.ts";
export { createGateway, type Gateway, type GatewayFetch } from "./create-gateway.ts";
export type { GatewayOptions } from "./gateway-options.ts";
