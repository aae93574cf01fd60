/** `__Host-` ties a cookie to this very host over HTTPS (WEB-2). A loopback address in plain http cannot have it. */
export const cookieName = (name: string, secure: boolean): string => `${secure ? '__Host-' : ''}latchkey-${name}`;

/** How every cookie of ours is written. @param maxAge seconds; without it the cookie ends with the browser */
export const cookieSettings = (secure: boolean, maxAge?: number) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure, ...(maxAge === undefined ? {} : { maxAge }) }) as const;

/**
 * The cookie that pages bring and that says nothing: a browser that does not send it back takes no cookies, and is told
 * so instead of being led in a circle (UX-3).
 */
export const COOKIE_CHECK = 'cookies';
