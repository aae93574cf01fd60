import { isLoopback, type SmtpEnv, smtpSettings } from '@/lib/delivery/settings';

const env = (over: Partial<SmtpEnv>): SmtpEnv => ({
  EMAIL_HOST: 'smtp.gmail.com',
  EMAIL_PORT: 587,
  EMAIL_USE_TLS: true,
  EMAIL_HOST_USER: 'team@example.com',
  EMAIL_HOST_PASSWORD: 'x',
  DEFAULT_FROM_EMAIL: undefined,
  APP_NAME: 'Latchkey',
  APP_URL: new URL('https://app.example.com:8443'),
  ...over,
});

it.each([
  [undefined, { name: 'Latchkey', address: 'team@example.com' }],
  ['no-reply@example.com', { name: 'Latchkey', address: 'no-reply@example.com' }],
  ['The Desk <desk@example.com>', { name: 'The Desk', address: 'desk@example.com' }],
  ['"The Desk" <desk@example.com>', { name: 'The Desk', address: 'desk@example.com' }],
  ['<desk@example.com>', { name: 'Latchkey', address: 'desk@example.com' }],
])('DEFAULT_FROM_EMAIL %j is read as a sender', (DEFAULT_FROM_EMAIL, from) => {
  expect(smtpSettings(env({ DEFAULT_FROM_EMAIL })).from).toEqual(from);
});

it('names the host of APP_URL without its port in message ids', () => {
  expect(smtpSettings(env({})).messageHost).toBe('app.example.com');
});

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['mail.localhost', true],
  ['127.0.0.1.evil.test', false],
  ['localhost.evil.test', false],
  ['10.0.0.5', false],
  ['0.0.0.0', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

it.each([
  ['smtp.gmail.com', 'abcd efgh ijkl mnoq', 'abcdefghijklmnoq'],
  ['smtp.googlemail.com', ' abcd\u00a0efgh  ijkl mnoq ', 'abcdefghijklmnoq'],
  ['smtp.gmail.com', 'abcdefghijklmnoq', 'abcdefghijklmnoq'],
  ['smtp.gmail.com', 'abcd efgh ijkl mno1', 'abcd efgh ijkl mno1'],
  ['smtp.gmail.com', 'my pass word', 'my pass word'],
  ['smtp.example.com', 'abcd efgh ijkl mnoq', 'abcd efgh ijkl mnoq'],
  ['gmail.com.example.com', 'abcd efgh ijkl mnoq', 'abcd efgh ijkl mnoq'],
  ['smtp.example.com', ' $ # ', ' $ # '],
])('CFG-1: at %s the password %j is %j', (EMAIL_HOST, EMAIL_HOST_PASSWORD, password) => {
  expect(smtpSettings(env({ EMAIL_HOST, EMAIL_HOST_PASSWORD })).password).toBe(password);
});
