/** Thrown instead of an answer when the connection is to break: the server destroys the socket, a fetch in process rejects. */
export class ConnectionSevered extends Error {
  override name = "ConnectionSevered";
}
