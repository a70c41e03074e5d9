export type { Account } from "./accounts/account.ts";
export { createGateway, type Gateway } from "./create-gateway.ts";
export type { GatewayOptions } from "./gateway-options.ts";
