import { changesOf, equivalentTo, type Mutant } from './mutant';

const rests = ['tests/integration/dispatch/circuit-rests.test.ts'];
const circuits = ['tests/integration/dispatch/circuits.test.ts'];
const engine = ['tests/integration/dispatch/engine.test.ts'];
const retries = ['tests/integration/dispatch/retries.test.ts'];
const receipts = ['tests/integration/dispatch/receipts.test.ts'];
const failovers = ['tests/integration/dispatch/receipt-failover.test.ts'];
const decides = ['tests/unit/dispatch/decide.test.ts'];
const told = ['tests/integration/dispatch/who-is-told.test.ts'];
const ledger = ['tests/integration/dispatch/sms-ledger.test.ts'];
const results = 'lib/dispatch/results.ts';
const claim = 'lib/dispatch/claim.ts';
const decide = 'lib/dispatch/decide.ts';
const receipt = 'lib/dispatch/receipts.ts';
const book = 'lib/sms-budget/ledger.ts';

export const dispatchMutants: readonly Mutant[] = [
  ...changesOf('dispatch', 'lib/dispatch/circuits.ts', rests, [
    ['AND (o."openUntil" IS NULL OR v.probe)', '', 'what was under way when a circuit opened does not prolong it'],
    ['LEAST(300, ', 'LEAST(3000, ', 'a circuit rests 300 s at most'],
    ['15 * 2 ^', '15 * 1 ^', 'each opening rests twice as long'],
    [
      'THEN 0 ELSE t.openings + v.opening::int END',
      'THEN t.openings ELSE t.openings + v.opening::int END',
      'a success begins the openings anew',
    ],
    ['WHEN v.works AND v.doubts = 0 THEN NULL', '', 'a probe that went through closes the circuit'],
    ["verdict === 'stop' || probe,", "verdict === 'stop',", 'a failed probe opens it again'],
  ]),
  ...changesOf('dispatch', 'lib/dispatch/circuits.ts', circuits, [
    ['DOUBTS = 3', 'DOUBTS = 4', 'the third failure in a row opens it'],
    ["before.opens || verdict === 'stop' || probe", 'before.opens || probe', 'the account’s failure opens it at once'],
  ]),
  ...changesOf('dispatch', results, told, [
    ["IN ('sent', 'failed') AND \"userId\" IS NOT NULL", "IN ('sent', 'failed')", 'a decoy leaves no event'],
  ]),
  ...changesOf('dispatch', results, engine, [
    ['AND d.claims = r.claim', '', 'a result is written for its own claim only'],
  ]),
  ...changesOf(
    'dispatch',
    results,
    [...circuits, ...failovers],
    [
      [
        "WHERE failover IS NOT NULL AND w.status = 'failed' AND said = 'failed'",
        'WHERE false',
        'the same code goes by the other channel',
      ],
    ],
  ),
  ...changesOf(
    'dispatch',
    results,
    ['tests/integration/dispatch/early-receipt.test.ts'],
    [
      [
        'status = CASE WHEN d.status = \'sending\' THEN r.status::"DeliveryStatus" ELSE d.status END',
        'status = r.status::"DeliveryStatus"',
        'a receipt that came first stays',
      ],
      ['COALESCE(d."providerMessageId", r."messageId")', 'r."messageId"', 'the message keeps its first number'],
    ],
  ),
  ...changesOf('dispatch', claim, circuits, [
    ['WHERE "openUntil" IS NULL OR "openUntil" <= now() ORDER', 'ORDER', 'a resting transport gets nothing'],
    ['ELSE LEAST(free, 1) END', 'ELSE free END', 'one message probes'],
    ['ORDER BY channel, place', 'ORDER BY channel, place DESC', 'the first server is the first choice'],
  ]),
  ...changesOf(
    'dispatch',
    claim,
    [...engine, ...retries],
    [
      [
        '"nextAttemptAt" <= now()',
        '"nextAttemptAt" <= now() + interval \'1 day\'',
        'a row is not taken before it is due',
      ],
      ["status IN ('queued', 'sending') AND", "status IN ('queued') AND", 'a dead sender’s rows come back'],
      ["interval '60 seconds'", "interval '0 seconds'", 'a claim keeps others away'],
      ['ORDER BY d.kind, d."queuedAt"`', 'ORDER BY d."queuedAt"`', 'codes go before notices'],
    ],
  ),
  ...changesOf(
    'dispatch',
    claim,
    ['tests/security/rl-4-countries.test.ts', ...circuits],
    [
      [
        'WHEN u."phoneVerifiedAt" IS NOT NULL THEN u.phone END AS recipient',
        'ELSE u.phone END AS recipient',
        'SMS go to a verified number only',
      ],
      [
        'WHEN d.kind <> \'code\' OR d."failoverOf" IS NOT NULL THEN NULL',
        'WHEN false THEN NULL',
        'a failover is not failed over again',
      ],
      ["AND NOT ${distrusted(Prisma.sql`'email'`, now)}", '', 'no code goes over a disputed channel'],
    ],
  ),
  ...changesOf('dispatch', decide, decides, [
    [
      "if (refusal === 'no-transport') return now.otherChannel ? over : later",
      "if (refusal === 'no-transport') return later",
      'without a transport the other channel carries it',
    ],
    ["if (refusal.class === 'recipient') return over;", '', 'a refused recipient is not tried again'],
    ['PATIENCE = 3', 'PATIENCE = 4', 'the third passing failure is the last'],
    ['&& !now.otherTransport;', ';', 'another server comes before another channel'],
    ['if (!refusal.stops) return over;', '', 'what is about one message ends with it'],
    ['if (now.otherTransport) return later(0);', '', 'another server takes over at once'],
    ['inMs + LEAST_LIFE_MS < now.lifeMs', 'inMs < now.lifeMs', 'a code is not tried when it is too late'],
    ["now.kind === 'code' ? over : later", 'later', 'a withheld code goes by the other channel'],
  ]),
  ...changesOf('dispatch', receipt, receipts, [
    [
      'AND ("providerMessageId" IS NULL OR "providerMessageId" = ${messageId})',
      '',
      'a receipt counts for its own message',
    ],
    [
      "AND (status IN ('queued', 'sending') OR (status = 'sent' AND (${ends} OR \"providerMessageId\" IS NULL)))",
      '',
      'a status never goes backwards',
    ],
    ["AND channel = 'sms'", '', 'a receipt is about an SMS'],
    ["undelivered: 'failed'", "undelivered: 'sent'", 'undelivered is a failure'],
    ['FROM receipt WHERE ${ends}', 'FROM receipt', 'only an end is written down'],
  ]),
  ...changesOf('dispatch', receipt, failovers, [
    ['c."expiresAt" > ${now} AND', '', 'a dead code is not sent again'],
    ['AND c."consumedAt" IS NULL', '', 'a used code is not sent again'],
    ['AND c."closedAt" IS NULL', '', 'a closed code is not sent again'],
    ['AND c.attempts < c."maxAttempts"', '', 'a guessed-away code is not sent again'],
    ['u."emailVerifiedAt" IS NOT NULL AND', '', 'it goes to a verified address only'],
    ['AND u."disabledAt" IS NULL', '', 'it goes to nobody who is disabled'],
    ['AND receipt."failoverOf" IS NULL', '', 'a failover is not failed over again'],
    ["AND receipt.kind = 'code'", 'AND true', 'a notice is not failed over'],
    ["offered.includes('email')", 'true', 'it goes by a channel that has a transport'],
  ]),
  ...changesOf('dispatch', book, ledger, [
    ['THEN s."spentMicros" ELSE 0 END AS spent', 'THEN 0 ELSE 0 END AS spent', 'what was spent counts'],
    ['> a.budget THEN', '>= a.budget THEN', 'a budget may be used whole'],
    ['AND s."spentOn" = v.day`', '`', 'money comes back to its own day only'],
    ['AND a."endedAt" IS NULL', '', 'money comes back once'],
    ['GREATEST(s."spentOn", ${UTC_DAY})', '${UTC_DAY}', 'a day that has begun stays begun'],
  ]),
  ...changesOf(
    'dispatch',
    book,
    ['tests/integration/server/sms-budget.test.ts'],
    [['ORDER BY s.country FOR UPDATE', 'ORDER BY s.country', 'several instances share one budget']],
  ),
  equivalentTo(
    'dispatch',
    claim,
    engine,
    ['p LIMIT ${most}', 'p', 'the claim reads no whole tables'],
    'The limit is never reached; it tells the planner how few rows there are. Only time would tell, at millions of rows.',
  ),
  equivalentTo(
    'dispatch',
    results,
    engine,
    ['LIMIT ${results.length}', '', 'the writing reads no whole tables'],
    'The relation has as many rows as that anyway; the limit tells the planner so.',
  ),
];
