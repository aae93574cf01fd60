import { hasBearer } from '@/lib/web/bearer-token';

const secret = 'a secret of a cron job'.replaceAll(' ', '-');
const asks = (authorization?: string, configured: string | undefined = secret) =>
  hasBearer(new Request('https://a.test', { headers: authorization ? { authorization } : {} }), configured);

describe('a bearer token', () => {
  it.each([`Bearer ${secret}`, `bearer ${secret}`, `Bearer  ${secret}`])('lets %j in', (header) => {
    expect(asks(header)).toBe(true);
  });
  it.each([
    undefined,
    secret,
    'Bearer',
    'Bearer ',
    `Basic ${secret}`,
    `Bearer ${secret}x`,
    `Bearer ${secret.slice(1)}`,
    `Bearer ${secret} ${secret}`,
    `Bearer ${secret}, Bearer ${secret}`,
  ])('keeps %j out', (header) => {
    expect(asks(header)).toBe(false);
  });
  it.each([undefined, 'Bearer', 'Bearer undefined', 'Bearer null'])(
    '%j opens nothing where no secret is set',
    (header) => {
      const request = new Request('https://a.test', { headers: header ? { authorization: header } : {} });
      expect(hasBearer(request, undefined)).toBe(false);
    },
  );
});
