import { alice, bob, createMint, type TokenMint } from "./tokens.ts";

/** Who asks in a recording: a user, a kind of broken token, or nobody. */
export type Requester = (as: string) => Promise<string | undefined>;

async function tampered(mint: TokenMint): Promise<string> {
  const [header, , signature] = (await mint.mint(alice)).split(".");
  const [, payload] = (await mint.mint(bob)).split(".");
  return [header, payload, signature].join(".");
}

/** The Authorization header of every kind of requester that the recordings know. */
export function createRequester(mint: TokenMint, now: number): Requester {
  const changed: Readonly<Record<string, Record<string, unknown>>> = {
    expired: { exp: now - 3600 },
    nearexpired: { exp: now - 5 },
    future: { nbf: now + 600 },
    badexp: { exp: "soon" },
    norole: { role: undefined },
    ghostrole: { role: "ghost" },
    badsub: { sub: "not-a-uuid" },
  };
  const fixed: Readonly<Record<string, string>> = {
    garbage: "Bearer garbage",
    garbage3: "Bearer aaa.bbb.ccc",
    emptytoken: "Bearer ",
    basic: "Basic YWxpY2U6cHc=",
  };
  return async (as) => {
    if (as in fixed) return fixed[as];
    const changes = changed[as];
    if (changes !== undefined) return `Bearer ${await mint.mint(alice, changes)}`;
    switch (as) {
      case "alice":
        return `Bearer ${await mint.mint(alice)}`;
      case "bob":
        return `Bearer ${await mint.mint(bob)}`;
      case "lowerbearer":
        return `bearer ${await mint.mint(alice)}`;
      case "bare":
        return mint.mint(alice);
      case "tampered":
        return `Bearer ${await tampered(mint)}`;
      case "foreignsig":
        return `Bearer ${await (await createMint(now)).mint(alice)}`;
      case "foreignkey":
        return `Bearer ${await (await createMint(now)).mint(alice, {}, { kid: "a-kid-nobody-knows" })}`;
      default:
        return undefined;
    }
  };
}
