import { readBody } from '@/lib/web/limited-body';

const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request('https://a.test', { method: 'POST', body, headers, ...{ duplex: 'half' } });

/** Goes on for as long as somebody reads. */
function endless(): { body: ReadableStream<Uint8Array>; chunks: () => number } {
  let chunks = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks += 1;
      controller.enqueue(new Uint8Array(100));
    },
  });
  return { body, chunks: () => chunks };
}

describe("a stranger's body", () => {
  it('is read up to the limit, in bytes', async () => {
    expect(await readBody(post('ü'.repeat(50)), 100)).toBe('ü'.repeat(50));
    expect(await readBody(post('ü'.repeat(51)), 100)).toBeNull();
  });
  it('may be empty', async () => {
    expect(await readBody(post(null), 100)).toBe('');
  });
  it('is not read at all where it says that it is longer', async () => {
    const { body, chunks } = endless();
    expect(await readBody(post(body, { 'content-length': '101' }), 100)).toBeNull();
    expect(chunks()).toBeLessThanOrEqual(1);
  });
  it('is left where it turns out longer', async () => {
    const { body, chunks } = endless();
    expect(await readBody(post(body), 1_000)).toBeNull();
    expect(chunks()).toBeLessThan(20);
  });
});
