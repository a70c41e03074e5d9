/** Where the emulator's own providers ask for consent, below the auth service. No real service has this path. */
export const consentPath = "/emulator/consent";
