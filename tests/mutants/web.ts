import { changesOf, type Mutant } from './mutant';

const gate = ['tests/unit/web/gate.test.ts'];
const host = ['tests/unit/web/host.test.ts'];
const csp = ['tests/unit/web/csp.test.ts'];
const bearer = ['tests/unit/web/bearer-token.test.ts'];
const body = ['tests/unit/web/limited-body.test.ts'];
const client = ['tests/unit/limits/client-address.test.ts'];
const hosts = 'lib/web/host.ts';
const address = 'lib/limits/client-address.ts';
const policy = 'lib/web/csp.ts';

export const webMutants: readonly Mutant[] = [
  ...changesOf('web', 'lib/web/origin.ts', gate, [
    ["return headers.get('sec-fetch-site') === 'same-origin';", 'return true;', 'without an Origin nothing is done'],
    ["=== 'same-origin';", "!== 'cross-site';", 'same-site is not same-origin'],
    ["'GET', 'HEAD', 'OPTIONS'", "'GET', 'HEAD', 'OPTIONS', 'DELETE'", 'DELETE changes something'],
    [
      'return own.includes(origin) ||',
      "return origin === 'null' || own.includes(origin) ||",
      'the origin `null` is nobody',
    ],
    [
      "own.includes(origin) || own.includes(origin.replace(/\\.(?=$|:\\d+$)/, ''))",
      'own.includes(origin)',
      'a host with a dot behind it is the same host',
    ],
  ]),
  ...changesOf(
    'web',
    hosts,
    [...host, ...gate],
    [
      [
        'if (asked === null || !isLoopback(appUrl)) return null;',
        'if (asked === null) return null;',
        'a public site answers to one name',
      ],
      ['return aliases.includes(asked) ? asked : null;', 'return asked;', 'a loopback site answers to its own names'],
      ['!HOST.test(written)', 'false', 'a host is a name or an address'],
      ['if (!production) return asked;', 'return asked;', 'in production a foreign host is refused'],
    ],
  ),
  ...changesOf('web', 'lib/web/gate.ts', gate, [
    [
      "method === 'GET' || method === 'HEAD'",
      "method === 'GET' || method === 'POST'",
      'what came unencrypted is not done',
    ],
    ["if (found.kind !== 'pass') return found;", '', 'a refused host stays refused'],
  ]),
  ...changesOf('web', 'lib/web/transport.ts', gate, [
    ["!== 'http') return 'fine'", "!== 'https') return 'fine'", 'plain HTTP is redirected'],
    ["headers.has('sec-fetch-site') ? 'misread' : 'plain'", "'plain'", 'a proxy that contradicts the browser is told'],
    ['!site.production || isLoopback(site.appUrl)', '!site.production', 'a loopback site needs no HTTPS'],
  ]),
  ...changesOf('web', policy, csp, [
    ['"object-src \'none\'",', '', 'no plug-ins'],
    ['"base-uri \'none\'",\n', '', 'no other base'],
    ["'nonce-${nonce}' 'strict-dynamic'", "'self' 'unsafe-inline'", 'scripts run by a nonce only'],
    ['"frame-ancestors \'none\'",\n  ]', ']', 'nobody frames a page'],
    ['"form-action \'self\'",', '', 'forms go to this site'],
  ]),
  ...changesOf('web', 'lib/web/bearer-token.ts', bearer, [
    ["&& secret !== undefined && given !== ''", '', 'without a secret nobody has it'],
    ["timingSafeEqual(digest(given), digest(secret ?? ''))", 'true', 'the secret must be right'],
  ]),
  ...changesOf('web', 'lib/web/limited-body.ts', body, [
    ['if (length > most) return null;', '', 'a body without a length ends'],
    [
      "if (Number(message.headers.get('content-length') ?? 0) > most) return null;",
      '',
      'a body that says it is too long is not read',
    ],
  ]),
  ...changesOf('web', address, client, [
    ['entries.at(-trustedProxies)', 'entries.at(0)', 'the client’s own words move no limit'],
    ['if (trustedProxies === 0) return peer;', '', 'without a proxy no header moves a limit'],
    ['`${address}/64`', '`${address}/128`', 'an IPv6 client is its /64'],
    ['address.isIPv4MappedAddress()', 'false', 'a mapped address is its IPv4 one'],
  ]),
  ...changesOf('web', 'lib/limits/peer.ts', client, [
    [
      'token === shared.latchkeyPeerToken ? address',
      'true ? address',
      'a client’s own private header is worth nothing',
    ],
  ]),
];
