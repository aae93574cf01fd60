import fc from 'fast-check';

/** Ana, Bo, and somebody who has no account. */
export type Who = 0 | 1 | 2;

const who = fc.constantFrom<Who>(0, 1, 2);
const channel = fc.constantFrom('email' as const, 'sms' as const);
const does = <Name extends string>(name: Name) => fc.constant(name);

/** Every request that the flow knows, made by any of the three in any order. */
const anyAct = fc.oneof(
  // `address`: whose address is typed; a stranger types whatever they like.
  { weight: 3, arbitrary: fc.record({ does: does('start'), who, address: who }) },
  { weight: 4, arbitrary: fc.record({ does: does('request'), who, channel }) },
  { weight: 2, arbitrary: fc.record({ does: does('resend'), who, channel }) },
  // `of`: whose newest code is typed, as somebody would who saw another's screen.
  { weight: 3, arbitrary: fc.record({ does: does('type'), who, of: who, right: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ does: does('set'), who, grantOf: who }) },
  { weight: 1, arbitrary: fc.record({ does: does('copy'), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: does('guess'), who, address: who, networks: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: does('signIn'), who }) },
  { weight: 2, arbitrary: fc.record({ does: does('resetBesideSignIn'), who }) },
  { weight: 1, arbitrary: fc.record({ does: does('notMe'), who }) },
  { weight: 2, arbitrary: fc.record({ does: does('wait'), who, minutes: fc.constantFrom(0.6, 4, 8, 11, 61, 800) }) },
);
export type Act = typeof anyAct extends fc.Arbitrary<infer One> ? One : never;

/** What somebody does who only wants in, so that most orders get that far. */
const wayIn = (by: Who, of: Who): Act[] => [
  { does: 'start', who: by, address: of },
  { does: 'request', who: by, channel: 'email' },
  { does: 'type', who: by, of, right: true },
];

/** Past a hundred guesses at one address in a row. */
const siege = (address: Who): Act[] =>
  Array.from({ length: 6 }, () => ({ does: 'guess', who: 2, address, networks: 4 }) as const);

/** Single acts and whole ways in, mixed at random, and now and then somebody who does not stop guessing. */
export const anyOrder = fc
  .array(
    fc.oneof(
      { weight: 30, arbitrary: anyAct.map((act): Act[] => [act]) },
      { weight: 6, arbitrary: fc.tuple(who, who).map(([by, of]) => wayIn(by, of)) },
      { weight: 1, arbitrary: who.map(siege) },
    ),
    { minLength: 8, maxLength: 28 },
  )
  .map((acts) => acts.flat());
