import { fireEvent, render } from '@testing-library/react';
import { page, passes } from './status-page';
import { type Asked, answers, comesInto, hides, type Reply, serverThat, status, unknown } from './status-server';

let asked: Asked;
const reply = (next: Reply) => asked.reply(next);

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0);
  asked = serverThat(answers(status(unknown)));
});
afterEach(() => {
  asked.end();
  jest.useRealTimers();
});

describe('how often it asks', () => {
  test('at the pace that the server says', async () => {
    render(page());
    await passes(3_000);
    reply(answers({ ...status(unknown), pollInMs: 5_000 }));
    await passes(11_000);
    expect(asked.times()).toEqual([1_000, 2_000, 3_000, 4_000, 9_000, 14_000]);
  });

  test('after errors less and less often, with jitter, and at the old pace once it works again', async () => {
    render(page());
    reply({ code: 503 });
    await passes(8_000);
    expect(asked.times()).toEqual([1_000, 2_000, 4_000, 8_000]);
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    await passes(8_000);
    expect(asked.times().at(-1)).toBe(16_000);
    reply(answers(status(unknown)));
    await passes(24_000);
    expect(asked.times().at(-1)).toBe(40_000);
    await passes(2_000);
    expect(asked.times().slice(-3)).toEqual([40_000, 41_000, 42_000]);
  });

  test.each([
    ['an answer that is none', { code: 200, body: { hello: 'world' } }],
    ['a line that is dead', 'dead'],
    ['a pace that would flood the server', { code: 200, body: { ...status(unknown), pollInMs: 0 } }],
  ] as const)('%s counts as an error', async (_what, next) => {
    render(page());
    reply(next);
    await passes(8_000);
    expect(asked.times()).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  test('as late as the server says, where it says so', async () => {
    render(page());
    reply({ code: 429, retryAfter: 20 });
    await passes(22_000);
    expect(asked.times()).toEqual([1_000, 21_000]);
  });

  test('an answer that takes too long is given up', async () => {
    render(page());
    reply('silent');
    await passes(9_000);
    expect(asked.aborted()).toBe(1);
    await passes(1_000);
    expect(asked.times()).toEqual([1_000, 10_000]);
  });

  test('not at all while the page is out of sight, and at once when it is back', async () => {
    render(page());
    reply('silent');
    await passes(1_500);
    hides();
    expect(asked.aborted()).toBe(1);
    await passes(60_000);
    expect(asked.times()).toEqual([1_000]);
    reply(answers(status(unknown)));
    comesInto('sight');
    await passes(0);
    expect(asked.times()).toEqual([1_000, 61_500]);
  });

  test('not while a form is being sent, which may end the flow', async () => {
    const { container } = render(page());
    reply('silent');
    await passes(1_500);
    fireEvent.submit(container);
    expect(asked.aborted()).toBe(1);
    reply(answers(status(unknown)));
    await passes(2_999);
    expect(asked.times()).toEqual([1_000]);
    await passes(1_001);
    expect(asked.times()).toEqual([1_000, 4_500, 5_500]);
  });

  test('never again once the code has expired, the flow has ended, or the page is gone', async () => {
    const { unmount } = render(page({ secondsLeft: 4 }));
    await passes(60_000);
    expect(asked.times()).toEqual([1_000, 2_000, 3_000]);
    hides();
    comesInto('sight');
    await passes(5_000);
    expect(asked.times()).toHaveLength(3);
    unmount();

    const other = render(page());
    reply({ code: 401 });
    await passes(60_000);
    expect(asked.times()).toHaveLength(4);
    other.unmount();

    reply(answers(status(unknown)));
    render(page()).unmount();
    await passes(60_000);
    expect(asked.times()).toHaveLength(4);
  });
});
