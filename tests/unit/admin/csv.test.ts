import { csvLine, csvStream, type Exported } from '@/lib/admin/list/csv';

describe('WEB-5: a line of CSV', () => {
  test('quotes every cell', () => {
    expect(csvLine(['a', 1, null, new Date('2026-11-23T12:04:31Z')])).toBe('"a","1","","2026-11-23T12:04:31.000Z"\r\n');
    expect(csvLine(['say "hi", twice\r\nand go'])).toBe('"say ""hi"", twice\r\nand go"\r\n');
  });

  test.each([
    '=1+1',
    '+1…23',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\tplain',
    '＝1',
    '＠SUM(A1)',
    '=HYPERLINK("http://evil.test","x")',
  ])('makes %j plain text', (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell.replaceAll('"', '""')}"\r\n`);
  });

  test('leaves what is no formula, and numbers of ours', () => {
    expect(csvLine(['a=b', 'ana@latchkey.test', '550 5.1.1', -3])).toBe(
      '"a=b","ana@latchkey.test","550 5.1.1","-3"\r\n',
    );
  });
});

describe('a stream of CSV', () => {
  let read: number;
  let ends: Exported[];
  const ended = async (how: Exported) => {
    ends.push(how);
  };
  async function* batches(count: number, breaks = false): AsyncGenerator<string[][]> {
    for (let index = 0; index < count; index += 1) {
      read += 1;
      yield [[`${index}`], ['x']];
    }
    if (breaks) throw new Error('no database');
  }
  beforeEach(() => {
    read = 0;
    ends = [];
  });

  test('gives all lines and says how many', async () => {
    expect(await new Response(csvStream(['n'], batches(2), ended)).text()).toBe('"n"\r\n"0"\r\n"x"\r\n"1"\r\n"x"\r\n');
    expect(ends).toEqual([{ lines: 4, whole: true }]);
  });

  test('reads a batch when the one before was taken, and stops when its reader goes', async () => {
    const reader = csvStream(['n'], batches(1_000), ended).getReader();
    for (let chunk = 0; chunk < 4; chunk += 1) await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(read).toBe(3);
    await reader.cancel();
    expect(read).toBe(3);
    expect(ends).toEqual([{ lines: 6, whole: false }]);
  });

  test('TIM-2: is given up after two minutes in which its reader takes nothing', async () => {
    jest.useFakeTimers();
    try {
      const reader = csvStream(['n'], batches(1_000), ended).getReader();
      for (let chunk = 0; chunk < 3; chunk += 1) await reader.read();
      await jest.advanceTimersByTimeAsync(119_000);
      expect(ends).toEqual([]);
      await jest.advanceTimersByTimeAsync(2_000);
      expect(ends).toEqual([{ lines: 4, whole: false }]);
      await expect(reader.read()).rejects.toThrow('nobody took the export');
    } finally {
      jest.useRealTimers();
    }
  });

  test('breaks off where its source breaks, so that nobody takes half a file for all of it', async () => {
    await expect(new Response(csvStream(['n'], batches(2, true), ended)).text()).rejects.toThrow('no database');
    expect(ends).toEqual([{ lines: 4, whole: false }]);
  });
});
