import { CLOSED_POLICY, SCRIPT_FILE_POLICY } from './csp';

/** Browser features that nothing here uses. `otp-credentials` reads a code from a text message (UX-2). */
const DENIED = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** In lower case, so that a header of the same name which proxy.ts or a route sets takes the place of one of these. */
export const everywhere: Readonly<Record<string, string>> = {
  'content-security-policy': CLOSED_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [...DENIED.map((feature) => `${feature}=()`), 'otp-credentials=(self)'].join(', '),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const listed = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value }));

/**
 * WEB-3: what every response carries, whoever makes it; `headers()` of next.config.ts. A page's policy has a nonce and
 * comes from proxy.ts, in place of the closed one here.
 */
export const fixedHeaders = [
  { source: '/:path*', headers: listed(everywhere) },
  { source: '/_next/static/:path*', headers: listed({ 'content-security-policy': SCRIPT_FILE_POLICY }) },
  {
    // Over plain http browsers ignore it, so that it does not matter whose word this is.
    source: '/:path*',
    has: [{ type: 'header' as const, key: 'x-forwarded-proto', value: '(?:.*,\\s*)?https' }],
    headers: listed({ 'strict-transport-security': 'max-age=31536000' }),
  },
];
