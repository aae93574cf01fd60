import { createKeyring } from '@/lib/keys/keyring';
import { seal, unseal } from '@/lib/session/seal';
import { keyringOf, rootKey } from '@/tests/support/keyring';

const pepper = new Uint8Array(32);
const flow = { email: 'ana@example.com' };

test('a seal opens with the key that made it', async () => {
  const keyring = keyringOf('a');
  expect(await unseal(keyring, 'flow', await seal(keyring, 'flow', flow, 60), 60)).toEqual(flow);
});

test('after a rotation the old seal still opens, and the new key seals', async () => {
  const [older, newer] = [rootKey('a'), rootKey('b')];
  const before = await seal(createKeyring([older], pepper), 'flow', flow, 60);
  const rotated = createKeyring([newer, older], pepper);
  expect(await unseal(rotated, 'flow', before, 60)).toEqual(flow);
  const after = await seal(rotated, 'flow', flow, 60);
  expect(await unseal(createKeyring([newer], pepper), 'flow', after, 60)).toEqual(flow);
});

test('foreign, retired, garbled, of another purpose: nothing, and no error', async () => {
  const keyring = keyringOf('a');
  const sealed = await seal(keyring, 'flow', flow, 60);
  expect(await unseal(keyringOf('a'), 'flow', sealed, 60)).not.toEqual(flow);
  expect(await unseal(keyringOf('b'), 'flow', sealed, 60)).not.toEqual(flow);
  expect(await unseal(keyring, 'device', sealed, 60)).not.toEqual(flow);
  for (const bad of ['', 'x', 'Fe26.2*1*2*3', sealed.slice(0, -3), 'a'.repeat(100_000)])
    expect(await unseal(keyring, 'flow', bad, 60)).not.toEqual(flow);
});

test('every purpose opens its own seal alone, whole and once', async () => {
  const keyring = keyringOf('a');
  const purposes = ['flow', 'device', 'second-step', 'search'] as const;
  for (const purpose of purposes) {
    const sealed = await seal(keyring, purpose, flow, 60);
    expect(await unseal(keyring, purpose, sealed, 60)).toEqual(flow);
    for (const other of purposes.filter((one) => one !== purpose))
      expect(await unseal(keyring, other, sealed, 60)).not.toEqual(flow);
    const halves = Array.from({ length: sealed.length - 1 }, (_, n) => sealed.slice(0, n + 1));
    for (const bad of [
      ...halves,
      `${sealed}${sealed}`,
      `${sealed}, ${sealed}`,
      `${sealed}x`,
      `x${sealed}`,
      ` ${sealed}`,
    ])
      expect(await unseal(keyring, purpose, bad, 60)).not.toEqual(flow);
  }
});
