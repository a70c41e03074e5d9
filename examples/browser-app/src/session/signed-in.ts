import { tellAddress } from "./popup-channel.ts";

// The window that a sign-in by popup ends in.
tellAddress(location.href);
history.replaceState(null, "", location.pathname);
window.close();
