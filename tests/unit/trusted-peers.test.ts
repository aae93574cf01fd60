import { isTrustedPeer, readPeers } from '@/lib/env/trusted-peers';

const listed = readPeers(' 203.0.113.7, 198.51.100.0/24,2001:db8:1::/48 ,::ffff:192.0.2.1') ?? [];

describe('RL-3: whose forwarded headers count', () => {
  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::ffff:192.168.1.1',
    'fd00::1',
    'fe80::1%eth0',
    '169.254.1.1',
  ])('%s is near', (peer) => {
    expect(isTrustedPeer(peer, [])).toBe(true);
  });

  test.each(['203.0.113.7', '::ffff:203.0.113.7', '198.51.100.255', '2001:db8:1:ffff::1', '192.0.2.1'])(
    '%s is listed',
    (peer) => {
      expect(isTrustedPeer(peer, listed)).toBe(true);
      expect(isTrustedPeer(peer, [])).toBe(false);
    },
  );

  test.each([
    '203.0.113.8',
    '198.51.101.1',
    '2001:db8:2::1',
    '172.32.0.1',
    '100.64.0.1',
    '8.8.8.8',
    '::ffff:8.8.8.8',
    '2606:4700::1111',
    // NAT64 and 6to4 carry an IPv4 address that is not the peer's own.
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '',
    'unknown',
    'localhost',
    '127.1',
    '0x7f000001',
  ])('%s is neither', (peer) => {
    expect(isTrustedPeer(peer, listed)).toBe(false);
  });

  test('a socket that has no address is nobody’s', () => {
    expect(isTrustedPeer(undefined, listed)).toBe(false);
  });

  test('everybody can be listed, by each family', () => {
    const everybody = readPeers('0.0.0.0/0,::/0') ?? [];
    expect(['8.8.8.8', '2606:4700::1111'].map((peer) => isTrustedPeer(peer, everybody))).toEqual([true, true]);
  });
});

test.each(['proxy', '10.0.0.0/33', '10.0.0', '10.0.0.0/', '::/129', '10.0.0.1/8/8', '1;2', '0x7f.1', '10.0.0.0/-1'])(
  'TRUSTED_PEERS=%s is neither an address nor a network',
  (written) => {
    expect(readPeers(written)).toBeNull();
  },
);
