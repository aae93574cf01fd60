import { minutes } from '@/lib/clock';

/** A value of a table. Numbers and times are ours; text may be anybody's. */
export type Cell = string | number | Date | null;

/** What spreadsheets take for a formula, in wide letters too, also behind blanks. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

function text(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'number' || !FORMULA.test(cell) ? String(cell) : `'${cell}`;
}

/** One line of RFC 4180: every cell quoted, and what would be a formula made plain text by an apostrophe (WEB-5). */
export const csvLine = (cells: readonly Cell[]): string =>
  `${cells.map((cell) => `"${text(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;

/** ms after which a reader that takes nothing is given up: the end of the export is audited then (TIM-2). */
const STALLED_MS = minutes(2);

/** How an export ended: `whole` is false where it broke, or whoever read it went away. */
export type Exported = { lines: number; whole: boolean };

/**
 * A table as a stream. A batch is asked for when the one before was taken, so that memory holds two at most, whatever
 * the size of the table.
 * @param ended is called once, however it ends
 */
export function csvStream(
  head: readonly string[],
  batches: AsyncIterator<readonly (readonly Cell[])[]>,
  ended: (how: Exported) => Promise<void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let lines = 0;
  let begun = false;
  let over = false;
  let stalled: NodeJS.Timeout | undefined;
  const end = async (whole: boolean): Promise<void> => {
    if (over) return;
    over = true;
    clearTimeout(stalled);
    await ended({ lines, whole });
  };
  const waitForReader = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    stalled = setTimeout(() => {
      void end(false);
      void batches.return?.();
      controller.error(new Error('nobody took the export'));
    }, STALLED_MS).unref();
  };
  return new ReadableStream<Uint8Array>(
    {
      start: waitForReader,
      async pull(controller) {
        clearTimeout(stalled);
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(csvLine(head)));
          return waitForReader(controller);
        }
        try {
          const { done, value } = await batches.next();
          if (over) return;
          if (done) {
            await end(true);
            return controller.close();
          }
          lines += value.length;
          controller.enqueue(encoder.encode(value.map(csvLine).join('')));
          waitForReader(controller);
        } catch (error) {
          await end(false);
          throw error;
        }
      },
      async cancel() {
        await end(false);
        await batches.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The headers of a file that a browser keeps and nobody else does. @param name such as deliveries */
export const csvHeaders = (name: string, now: Date): Record<string, string> => ({
  'Content-Type': 'text/csv; charset=utf-8',
  'Content-Disposition': `attachment; filename="${name}-${now.toISOString().slice(0, 10)}.csv"`,
  'Cache-Control': 'no-store',
});
