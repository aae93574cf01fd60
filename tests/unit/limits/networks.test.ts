import { addressKey } from '@/lib/limits/client-address';
import { widerNetworks } from '@/lib/limits/networks';

describe('RL-2: the networks around an address', () => {
  test.each([
    ['2001:db8:1:2a3::7', ['2001:db8:1:200::/56', '2001:db8:1::/48']],
    ['2001:DB8:0001:02ff:1::', ['2001:db8:1:200::/56', '2001:db8:1::/48']],
    ['[2001:db8:1:300::1]:443', ['2001:db8:1:300::/56', '2001:db8:1::/48']],
    ['fe80::1%eth0', ['fe80::/56', 'fe80::/48']],
    ['::1', ['::/56', '::/48']],
    ['192.0.2.7', []],
    ['::ffff:192.0.2.7', []],
  ])('%s: %j', (written, networks) => {
    expect(widerNetworks(addressKey(written) ?? '').map(({ address }) => address)).toEqual(networks);
  });

  test('a /56 bears twice and a /48 five times the numbers; a client without an address has none', () => {
    expect(widerNetworks('2001:db8::/64').map(({ times }) => times)).toEqual([2, 5]);
    expect(widerNetworks('unknown')).toEqual([]);
  });
});
