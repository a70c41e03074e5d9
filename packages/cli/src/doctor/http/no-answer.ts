/** No answer came, or not all of it. The message says what happened in words. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
  readonly advice: string;

  constructor(message: string, advice: string, cause?: unknown) {
    super(message, { cause });
    this.advice = advice;
  }
}

const TRUST =
  "Something between you and the service shows its own certificate: NODE_EXTRA_CA_CERTS=<file> makes Node trust it.";

/** What Node and undici call the usual failures, and what helps. */
const known: Readonly<Record<string, readonly [words: string, advice: string]>> = {
  ENOTFOUND: [
    "the name of the host is not known (DNS)",
    "Look at the network, the name server and the proxy settings.",
  ],
  EAI_AGAIN: ["the name server does not answer (DNS)", "Look at the network and the name server."],
  ECONNREFUSED: ["the connection is refused", "Nothing listens there, or a firewall refuses it."],
  ECONNRESET: ["the connection was broken off", "A firewall or proxy may cut it; try another network."],
  UND_ERR_SOCKET: ["the connection was broken off", "A firewall or proxy may cut it; try another network."],
  ETIMEDOUT: ["no connection came about in time", "Look at the network, the firewall and the proxy settings."],
  UND_ERR_CONNECT_TIMEOUT: [
    "no connection came about in time",
    "Look at the network, the firewall and the proxy settings.",
  ],
  ENETUNREACH: ["the network cannot be reached", "Look at the network."],
  EHOSTUNREACH: ["the host cannot be reached", "Look at the network."],
  CERT_HAS_EXPIRED: [
    "TLS: the certificate has expired",
    "Look at this machine's clock; if it is right, the service has to act.",
  ],
  CERT_NOT_YET_VALID: ["TLS: the certificate is not valid yet", "Look at this machine's clock."],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["TLS: the certificate is self-signed", TRUST],
  SELF_SIGNED_CERT_IN_CHAIN: ["TLS: a certificate in the chain is self-signed", TRUST],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["TLS: nobody known has signed the certificate", TRUST],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["TLS: nobody known has signed the certificate", TRUST],
  ERR_TLS_CERT_ALTNAME_INVALID: ["TLS: the certificate is for another host", TRUST],
};

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if ("errors" in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return "cause" in error ? codeOf(error.cause) : undefined;
}

/** What a failed `fetch`, or a body that broke off, comes to. */
export function noAnswer(label: string, error: unknown, timeoutMs: number): NoAnswer {
  if (error instanceof NoAnswer) return error;
  if (error instanceof Error && error.name === "TimeoutError") {
    const advice = "Try again; a slow network needs a longer --timeout.";
    return new NoAnswer(`${label}: no answer within ${timeoutMs / 1_000} s`, advice, error);
  }
  const code = codeOf(error);
  const [words, advice] = known[code ?? ""] ?? [
    code ?? (error instanceof Error ? error.message : String(error)),
    "Look at the network, and try again.",
  ];
  return new NoAnswer(`${label}: ${words}`, advice, error);
}
