/** Whether an address is of this machine: a server that ran here, such as an emulator, is gone when nobody listens. */
export function isOfThisMachine(address: string): boolean {
  const { hostname = "" } = URL.parse(address) ?? {};
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}
