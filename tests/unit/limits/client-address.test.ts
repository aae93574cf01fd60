import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { addressKey, clientAddressOf } from '@/lib/limits/client-address';
import { installPeerHeader, PEER_HEADER, peerOf } from '@/lib/limits/peer';

describe('RL-3: the key of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    [' 192.0.2.7 ', '192.0.2.7'],
    ['192.0.2.7:51234', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['::FFFF:C000:0207', '192.0.2.7'],
    ['[::ffff:192.0.2.7]:443', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:8443', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8::/64'],
    ['2001:db8:0:0:1::', '2001:db8::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['[fe80::1%25eth0]:80', 'fe80::/64'],
    ['::ffff:192.0.2.7%eth0', '192.0.2.7'],
    ['::1', '::/64'],
    ['::ffff:1:2:3', '::/64'],
  ])('%s is %s', (written, key) => {
    expect(addressKey(written)).toBe(key);
  });

  test.each([
    '',
    'unknown',
    '_hidden',
    'localhost',
    '192.0.2',
    '192.0.2.256',
    '192.0.02.7',
    '0xc0000207',
    '3221225991',
    '192.0.2.7, 192.0.2.8',
    '192.0.2.7:',
    '192.0.2.7:123456',
    '192.0.2.7%eth0',
    '2001:db8',
    '[192.0.2.7',
    '[2001:db8::1]evil',
    '2001:db8::1]/64',
    '<script>',
    '192.0.2.7\u0000',
    '１９２.0.2.7',
    `${'1'.repeat(100)}.0.0.1`,
  ])('%j is none', (written) => {
    expect(addressKey(written)).toBeUndefined();
  });
});

/** Servers on real sockets, as Next has them; what they answer is what a route would read. */
const servers: Server[] = [];
const warned = jest.fn();
const seen: Record<string, string>[] = [];

/** An address of this machine that stands for one of the internet. */
const STRANGER = '127.0.0.9';
const onStranger = jest.fn();

async function listens(host: string): Promise<number> {
  const server = createServer((request, response) => {
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    );
    seen.push(Object.fromEntries(headers));
    response.end(JSON.stringify([0, 1, 2, 3].map((proxies) => clientAddressOf(headers, proxies))));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

/** By hand, because clients join or refuse what a forger would send. @returns the keys at 0, 1, 2 and 3 proxies */
async function asks(port: number, host: string, lines: readonly string[], localAddress?: string): Promise<string[]> {
  const socket = connect({ port, host, ...(localAddress ? { localAddress } : {}) });
  socket.end(['GET / HTTP/1.1', 'Host: x', 'Connection: close', ...lines, '', ''].join('\r\n'));
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return JSON.parse(/\[.*\]/.exec(answer)?.[0] ?? 'null');
}

describe('RL-3: on a socket', () => {
  let four: number;
  let six: number;
  beforeAll(async () => {
    // Twice, as in development, where start-up runs again whenever it is compiled.
    const peers = { trusted: (peer?: string) => peer !== STRANGER, onForwarded: warned, onStranger };
    installPeerHeader(peers);
    installPeerHeader(peers);
    four = await listens('127.0.0.1');
    six = await listens('::');
  });
  afterAll(() => servers.map((server) => server.close()));

  test('the peer is the client, by IPv4, by IPv6 and by IPv4 on a socket of both', async () => {
    expect((await asks(four, '127.0.0.1', []))[0]).toBe('127.0.0.1');
    expect((await asks(six, '::1', []))[0]).toBe('::/64');
    expect((await asks(six, '127.0.0.1', []))[0]).toBe('127.0.0.1');
    expect(warned).not.toHaveBeenCalled();
  });

  test('whatever a client writes moves nothing at 0, and the operator is told once', async () => {
    for (const lines of [
      [`${PEER_HEADER}: 203.0.113.9`],
      [`${PEER_HEADER}: x 203.0.113.9`],
      [`${PEER_HEADER.toUpperCase()}: 203.0.113.9`, `${PEER_HEADER}:  203.0.113.9`],
      ['X-Forwarded-For: 203.0.113.9'],
      ['X-Forwarded-For: 203.0.113.9', 'X-Forwarded-For: 203.0.113.10', 'Forwarded: for=203.0.113.9'],
      ['X-Real-IP: 203.0.113.9', 'True-Client-IP: 203.0.113.9', 'CF-Connecting-IP: 203.0.113.9'],
    ])
      expect((await asks(four, '127.0.0.1', lines))[0]).toBe('127.0.0.1');
    expect(warned).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(seen.map((headers) => headers[PEER_HEADER]))).not.toContain('203.0.113');
  });

  test('what a stranger to the proxies says of its client is removed, and told once', async () => {
    const lies = ['X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: evil.example'];
    for (const line of [...lies, 'Forwarded: for=203.0.113.9', 'X-Real-IP: 203.0.113.9']) {
      expect(await asks(four, '127.0.0.1', [line], STRANGER)).toEqual(Array(4).fill(STRANGER));
      expect(JSON.stringify(seen.at(-1))).not.toMatch(/203\.0\.113|https|evil/);
    }
    expect(onStranger).toHaveBeenCalledTimes(1);
  });

  test('with n proxies it is the n-th entry from the right; repeated headers count as one list', async () => {
    const list = ['X-Forwarded-For: 203.0.113.66, 198.51.100.3', 'X-Forwarded-For: 2001:db8::1'];
    expect(await asks(four, '127.0.0.1', list)).toEqual(['127.0.0.1', '2001:db8::/64', '198.51.100.3', '203.0.113.66']);
  });

  test('too few entries, and entries that are none, leave the peer', async () => {
    const peer = '127.0.0.1';
    expect(await asks(four, peer, ['X-Forwarded-For: 198.51.100.3'])).toEqual([peer, '198.51.100.3', peer, peer]);
    expect(await asks(four, peer, ['X-Forwarded-For: a, b,'])).toEqual([peer, peer, peer, peer]);
    expect(await asks(four, peer, ['X-Forwarded-For:'])).toEqual([peer, peer, peer, peer]);
  });

  test('a request that this process makes to itself keeps the client for whom it is made', async () => {
    const word = /^\S+/.exec(seen[0]?.[PEER_HEADER] ?? '')?.[0];
    expect((await asks(four, '127.0.0.1', [`${PEER_HEADER}: ${word} 203.0.113.9`]))[0]).toBe('203.0.113.9');
    expect((await asks(four, '127.0.0.1', [`${PEER_HEADER}: ${word?.slice(1)} 203.0.113.9`]))[0]).toBe('127.0.0.1');
  });
});

test('who has no address shares one bucket', () => {
  expect(clientAddressOf(new Headers(), 0)).toBe('unknown');
  expect(clientAddressOf(new Headers({ [PEER_HEADER]: '203.0.113.9' }), 0)).toBe('unknown');
  expect(clientAddressOf(new Headers({ 'x-forwarded-for': '203.0.113.9' }), 2)).toBe('unknown');
  expect(peerOf(undefined)).toBeUndefined();
});
