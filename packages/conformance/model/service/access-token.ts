const LIFETIME_SECONDS = 3_600;

/** A token that a client can read; nobody checks its signature here. Each is another one, as after a refresh. */
export function accessToken(): string {
  const exp = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "ES256" }), part({ sub: "user", exp, jti: crypto.randomUUID() }), "signature"].join(".");
}
