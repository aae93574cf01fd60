import { type Unit, unitsOf } from '@/scripts/support/wire';

const message = (type: string, body: string): Buffer => {
  const bytes = Buffer.alloc(5 + body.length);
  bytes.write(type);
  bytes.writeInt32BE(4 + body.length, 1);
  bytes.write(body, 5);
  return bytes;
};
const first = (code: number, body = ''): Buffer => {
  const bytes = Buffer.alloc(8 + body.length);
  bytes.writeInt32BE(8 + body.length);
  bytes.writeInt32BE(code, 4);
  bytes.write(body, 8);
  return bytes;
};
const hello = first(0x00030000, 'user\0me\0\0');
const [parse, bind, execute, sync, query] = [
  message('P', '\0SELECT $1\0'),
  message('B', 'values'),
  message('E', '\0'),
  message('S', ''),
  message('Q', 'SELECT 1\0'),
];
const told = (units: Unit[]): string[] =>
  units.map((unit) => (unit.kind === 'messages' ? unit.bytes.toString('hex') : unit.kind));
const hex = (...parts: Buffer[]): string => Buffer.concat(parts).toString('hex');

describe('what a PostgreSQL client sends is cut into units', () => {
  const sent = [first(80877103), hello, parse, bind, execute, sync, query, message('X', '')];
  const expected = ['encryption', hex(hello), hex(parse, bind, execute, sync), hex(query), 'end'];

  test('a statement’s messages up to Sync are one', () => {
    expect(told(unitsOf()(Buffer.concat(sent)))).toEqual(expected);
  });

  test.each([1, 2, 3, 7])('the same in chunks of %i bytes', (size) => {
    const read = unitsOf();
    const bytes = Buffer.concat(sent);
    const units: Unit[] = [];
    for (let from = 0; from < bytes.length; from += size) units.push(...read(bytes.subarray(from, from + size)));
    expect(told(units)).toEqual(expected);
  });

  test('a statement without its Sync waits', () => {
    const read = unitsOf();
    expect(told(read(Buffer.concat([hello, parse, bind])))).toEqual([hex(hello)]);
    expect(told(read(Buffer.concat([execute, sync])))).toEqual([hex(parse, bind, execute, sync)]);
  });

  test('a wish to cancel ends its connection', () => {
    expect(told(unitsOf()(first(80877102, 'pid, key')))).toEqual(['end']);
  });

  test.each([-1, 0, 3, 0x7fffffff])('a length of %i is refused', (length) => {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32BE(length);
    expect(() => unitsOf()(bytes)).toThrow('no PostgreSQL client');
  });
});
