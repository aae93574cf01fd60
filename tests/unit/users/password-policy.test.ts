import { hashPassword, needsRehash, verifyPassword } from '@/lib/users/password-hash';
import { passwordProblem } from '@/lib/users/password-policy';

const rules = {
  minLength: 8,
  appName: 'Latchkey',
  breached: null,
  identifiers: ['ana.maria@example.com', '+12025550123'],
};
const problem = (password: string) => passwordProblem(password, rules);

describe('PW-1, PW-2: length in code points', () => {
  test.each([
    ['', 'empty'],
    ['brassot', 'too-short'],
    ['brassotl', null],
    ['🦦🔑🦦🔑🦦🔑🦦', 'too-short'],
    ['🦦🔑🦦🔑🦦🔑🦦🔑', null],
    ['xq'.repeat(64), null],
    [`${'xq'.repeat(64)}x`, 'too-long'],
    ['🦦🔑'.repeat(64), null],
  ])('%j → %s', async (password, expected) => {
    expect(await problem(password)).toBe(expected);
  });
});

describe('PW-3, PW-4: only lists refuse', () => {
  test.each(['password1', 'PASSWORD1', 'iloveyou'])('%s is on the list', async (password) => {
    expect(await problem(password)).toBe('common');
  });

  test.each(['ana.maria@example.com', 'Ana.Maria', '+12025550123', '12025550123'])(
    '%s is the person',
    async (password) => {
      expect(await problem(password)).toBe('own-identifier');
    },
  );

  test('the service by its name', async () => {
    expect(await problem('latchkey')).toBe('service-name');
  });

  test.each(['brass otter lantern', '        x', 'vvvvvvvvvvvvq', 'пароль-подлиннее'])(
    '%j is the person’s to choose',
    async (password) => {
      expect(await problem(password)).toBeNull();
    },
  );
});

describe('PW-4: what is known to be stolen', () => {
  const asked: string[] = [];
  const breached = async (password: string) => {
    asked.push(password);
    return password === 'caf\u00e9 otter';
  };
  beforeEach(() => asked.splice(0));

  test('is refused, in whichever way the keyboard wrote it', async () => {
    expect(await passwordProblem('cafe\u0301 otter', { ...rules, breached })).toBe('breached');
    expect(await passwordProblem('brass otter lantern', { ...rules, breached })).toBeNull();
    expect(asked).toEqual(['caf\u00e9 otter', 'brass otter lantern']);
  });

  test.each(['', 'brassot', 'xq'.repeat(65), 'password1', 'Latchkey', 'ana.maria@example.com'])(
    '%j is refused here, and asked for nowhere',
    async (password) => {
      expect(await passwordProblem(password, { ...rules, breached })).not.toBeNull();
      expect(asked).toEqual([]);
    },
  );
});

describe('PW-5, PW-6: the hash', () => {
  test('is argon2id with its parameters inside', async () => {
    const stored = await hashPassword('brass otter lantern');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(needsRehash(stored)).toBe(false);
    expect(needsRehash(stored.replace('m=19456', 'm=4096'))).toBe(true);
  });

  test('two keyboards, one password', async () => {
    const stored = await hashPassword('cafe\u0301 otter');
    expect(await verifyPassword(stored, 'caf\u00e9 otter')).toBe(true);
  });

  test('nothing is trimmed', async () => {
    const stored = await hashPassword(' brass otter ');
    expect(await verifyPassword(stored, 'brass otter')).toBe(false);
    expect(await verifyPassword(stored, ' brass otter ')).toBe(true);
  });

  test('what is no hash fits nothing', async () => {
    expect(await verifyPassword('not a hash', 'brass otter')).toBe(false);
  });
});
