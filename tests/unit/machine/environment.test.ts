import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { developmentEnvironment } from '@/scripts/support/environment';
import { freshDataDirectory } from '../../support/command';

const data = freshDataDirectory();
const path = join(data.path, 'secrets.json');
afterAll(data.remove);

const fresh = (settings: Record<string, string> = {}) =>
  developmentEnvironment({ NODE_ENV: 'development', LATCHKEY_DATA_DIR: data.path, ...settings });

describe('what a fresh machine lacks', () => {
  it('is made once, and kept for its owner only', () => {
    const first = fresh();
    expect(first.LATCHKEY_KEYS).toMatch(/^dev:[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(first.LATCHKEY_PEPPER ?? '', 'base64')).toHaveLength(32);
    expect(fresh()).toEqual(first);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('is left as it is where it was set', () => {
    expect(fresh({ LATCHKEY_PEPPER: 'mine', APP_URL: 'http://here' })).toMatchObject({
      LATCHKEY_PEPPER: 'mine',
      APP_URL: 'http://here',
    });
    expect(readFileSync(path, 'utf8')).not.toContain('mine');
  });

  it('follows the port, and names a wrong one', () => {
    expect(fresh({ PORT: '4001' }).APP_URL).toBe('http://localhost:4001');
    expect(() => fresh({ PORT: 'x' })).toThrow('PORT is "x"');
  });
});
