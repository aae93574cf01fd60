import { TOTP } from 'otpauth';

/** What an authenticator app shows at this moment. @param steps of 30 s, ahead or behind */
export const appShows = (secret: string, now: Date, steps = 0): string =>
  new TOTP({ secret }).generate({ timestamp: now.getTime() + steps * 30_000 });

/** A code that the app does not show. */
export const notShown = (secret: string, now: Date): string => {
  const shown = [-1, 0, 1].map((step) => appShows(secret, now, step));
  return ['000000', '000001', '000002', '000003'].find((code) => !shown.includes(code)) ?? '000004';
};
