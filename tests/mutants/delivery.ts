import { changesOf, type Mutant } from './mutant';

const echoed = ['tests/integration/delivery/echoed-password.test.ts'];
const refusals = ['tests/integration/delivery/smtp-refusals.test.ts'];
const smtp = ['tests/integration/delivery/smtp.test.ts', 'tests/integration/delivery/smtp-tls.test.ts'];
const errors = ['tests/unit/delivery/provider-errors.test.ts'];
const headers = ['tests/unit/delivery/header-value.test.ts'];
const signature = ['tests/unit/delivery/twilio-signature.test.ts'];
const receipt = ['tests/unit/delivery/twilio-receipt.test.ts'];
const answer = 'lib/delivery/provider-answer.ts';
const transport = 'lib/delivery/smtp/transport.ts';
const header = 'lib/delivery/smtp/header-value.ts';
const meaning = 'lib/delivery/provider-errors.ts';

export const deliveryMutants: readonly Mutant[] = [
  ...changesOf('delivery', transport, echoed, [
    [
      'const hidden = [...credentials, ...secretsOf(message)];',
      'const hidden = secretsOf(message);',
      'a refused mail’s answer has no password',
    ],
    [
      'return smtpFailure(error, credentials);',
      'return smtpFailure(error, []);',
      'a refused check’s answer has no password',
    ],
  ]),
  ...changesOf(
    'delivery',
    answer,
    [...echoed, ...refusals],
    [
      [
        "...encoded.flatMap((form) => [form, form.replace(/=+$/, '')]), password]",
        'password]',
        'nor the password in base64',
      ],
      ['said.replaceAll(word,', 'said.replace(word,', 'every mention is hidden'],
      ['[\\w-]{43}', '[\\w-]{99}', 'a link’s token is hidden'],
      ['\\b\\d{6,20}\\b|', '', 'a code is hidden'],
      ['  to,\n  ...(text', '  ...(text', 'the recipient is hidden'],
    ],
  ),
  ...changesOf('delivery', transport, smtp, [
    ['(settings.useTls || exposed)', 'settings.useTls', 'a password crosses no network in clear'],
    [
      'const requireTLS = !secure && (settings.useTls || exposed);',
      'const requireTLS = false;',
      'without STARTTLS nothing secret is said',
    ],
    ['settings.port === implicitTlsPort', 'false', 'port 465 is TLS from the start'],
    ['pool: true', 'pool: false', 'connections are kept'],
    ["'Auto-Submitted': 'auto-generated', ", '', 'no out-of-office answers a machine'],
    ['<${deliveryId}@', '<${randomUUID()}@', 'a message’s id is its delivery’s'],
    [
      'setTimeout(() => overall.abort(), limit)',
      'setTimeout(() => undefined, limit)',
      'a trickling server ends in time',
    ],
  ]),
  ...changesOf('delivery', header, headers, [
    ['\\u0000-\\u001f', '\\u0000-\\u0009', 'no line break enters a header'],
    ['\\u0085', '', 'NEL is a line break'],
    [
      'if (!isPlainAddress(headerValue(name, value))) throw',
      'if (!headerValue(name, value)) throw',
      'a recipient is one plain address',
    ],
  ]),
  ...changesOf(
    'delivery',
    'lib/address.ts',
    ['tests/security/hole-address-injection.test.ts'],
    [['&& !lookalikes.test(value)', '', 'a sign like @ is refused']],
  ),
  ...changesOf(
    'delivery',
    'lib/users/identifiers.ts',
    ['tests/unit/users/identifiers.test.ts'],
    [['|| value.length > MAX_ADDRESS', '', 'an address has 254 characters at most']],
  ),
  ...changesOf(
    'delivery',
    meaning,
    [...errors, ...refusals],
    [
      [
        "command === 'RCPT TO' ? refusedRecipient",
        "command === 'DATA' ? refusedRecipient",
        'a refused RCPT is about the recipient',
      ],
      ['/^5\\.1\\.[78]$/', '/^5\\.1\\.[7]$/', 'a refused sender is ours'],
      ['/^5\\.[12]\\./', '/^5\\.[1]\\./', '5.2.x is about the mailbox'],
      ["reply.startsWith('4')", "reply.startsWith('3')", 'an unknown 4xx passes'],
      ['status !== 429', 'true', 'too many requests pass'],
      ['status !== 408 &&', '', 'a request time-out passes'],
    ],
  ),
  ...changesOf(
    'delivery',
    'lib/delivery/stops.ts',
    ['tests/unit/delivery/stops.test.ts'],
    [
      ["'530', '534', '535'", "'530', '534'", 'a refused sign-in stops the transport'],
      ["code !== 'EHEADER' &&", '', 'one unsafe address stops nothing'],
    ],
  ),
  ...changesOf('delivery', 'lib/delivery/twilio/signature.ts', signature, [
    ['if (!signature) return false;', 'if (!signature) return true;', 'without a signature nothing counts'],
    ["values.length === 1 ? (values[0] ?? '') : values", "values[0] ?? ''", 'each value of a field is signed'],
  ]),
  ...changesOf('delivery', 'lib/delivery/twilio/receipt.ts', receipt, [
    ['values.length === 1 ?', 'values.length >= 1 ?', 'two values of one name say nothing'],
    ['|| !uuid.test(deliveryId)', '', 'a receipt names a delivery'],
    ['|| !sid.test(messageId)', '', 'a receipt names a message'],
    ['errorNumber.test(errorCode) ? errorCode : null', 'errorCode', 'an error is a number'],
  ]),
  ...changesOf(
    'delivery',
    'lib/delivery/twilio/not-taken.ts',
    ['tests/unit/delivery/not-taken.test.ts'],
    [
      ["'20500', '20503'", "'20500'", 'what broke at Twilio may have been sent'],
      ['/^HTTP 4\\d\\d$/', '/^HTTP \\d\\d\\d$/', 'an answer that nobody can read may have been sent'],
    ],
  ),
  ...changesOf(
    'delivery',
    'lib/delivery/mask.ts',
    ['tests/unit/delivery/mask.test.ts'],
    [['to.slice(-2)', 'to.slice(-6)', 'two digits of a number are kept']],
  ),
];
