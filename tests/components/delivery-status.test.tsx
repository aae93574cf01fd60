import { render, screen, within } from '@testing-library/react';
import type { DeliveryStep, FlowStatus } from '@/components/flow/flow-status';
import { page, passes } from './status-page';
import { type Asked, answers, type Reply, serverThat, status, unknown } from './status-server';

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

const step = (changes: Partial<DeliveryStep>): DeliveryStep => ({
  channel: 'email',
  state: 'queued',
  again: false,
  sentMs: null,
  deliveredMs: null,
  ...changes,
});
const known = (words: string, ...steps: DeliveryStep[]): FlowStatus => ({ ...unknown, delivery: { words, steps } });
const line = () =>
  within(screen.getByRole('list'))
    .getAllByRole('listitem')
    .map((point) => point.textContent);

describe('the words', () => {
  test.each(['at-once', 'slow', 'unknown'] as const)('of a channel that is %s', (state) => {
    render(page({ initial: { health: { state, words: 'How it is.' } } }));
    expect(screen.getByRole('status')).toHaveTextContent('How it is.');
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });

  test.each([
    [[step({})], ['Queued', 'Sent', 'With your mail provider']],
    [[step({ again: true })], ['Queued', 'Trying again', 'With your mail provider']],
    [[step({ state: 'sending' })], ['Queued', 'Sending', 'With your mail provider']],
    [[step({ state: 'sent', sentMs: 210 })], ['Queued', 'Sent 0.2 s', 'With your mail provider']],
    [[step({ state: 'failed' })], ['Queued', 'Not sent', 'With your mail provider']],
    [[step({ channel: 'sms', state: 'sent', sentMs: 12_300 })], ['Queued', 'Sent 12 s', 'On its way']],
    [
      [step({ channel: 'sms', state: 'delivered', sentMs: 400, deliveredMs: 3_120 })],
      ['Queued', 'Sent 0.4 s', 'Delivered 3.1 s'],
    ],
    [[step({ channel: 'sms', state: 'failed', sentMs: 400 })], ['Queued', 'Sent 0.4 s', 'Not delivered']],
    [
      [step({ channel: 'sms', state: 'failed' }), step({ state: 'sent', sentMs: 1_400 })],
      ['Text failed', 'Emailed 1.4 s', 'With your mail provider'],
    ],
  ])('of a delivery %#', (steps, points) => {
    render(page({ initial: known('So it is.', ...steps) }));
    expect(line()).toEqual(points);
    expect(screen.getByRole('status')).toHaveTextContent('So it is.');
  });

  test('after half a minute everybody gets the same advice', async () => {
    for (const initial of [unknown, known('So it is.', step({}))]) {
      const { unmount } = render(page({ initial }));
      await passes(29_000);
      const spoken = screen.getByText('Look in the spam folder too.');
      expect(spoken).toHaveAttribute('aria-live', 'polite');
      await passes(1_000);
      expect(spoken).toHaveTextContent(
        'Nothing yet? Look in the spam folder, send the code again, or use text message instead. At most 5 codes an hour go to one address.',
      );
      unmount();
    }
  });
});

describe('as it happens', () => {
  test('a change shows without a reload, in the part that is read out', async () => {
    render(page({ initial: known('It is leaving now.', step({ state: 'sending' })) }));
    const spoken = screen.getByRole('status');
    reply(answers(status(known('Your mail provider has taken the message.', step({ state: 'sent', sentMs: 900 })))));
    await passes(1_000);
    expect(line()).toEqual(['Queued', 'Sent 0.9 s', 'With your mail provider']);
    expect(screen.getByRole('status')).toBe(spoken);
    expect(spoken).toHaveTextContent('Your mail provider has taken the message.');
  });

  test('answers without news touch nothing: nothing flickers, nothing is read out twice', async () => {
    const { container } = render(page({ initial: known('So it is.', step({ state: 'sent', sentMs: 200 })) }));
    reply(answers(status(known('So it is.', step({ state: 'sent', sentMs: 200 })))));
    let touched = 0;
    const observer = new MutationObserver((records) => {
      touched += records.length;
    });
    observer.observe(container, { subtree: true, childList: true, characterData: true, attributes: true });
    await passes(10_000);
    expect(asked.times().length).toBeGreaterThan(8);
    expect(touched + observer.takeRecords().length).toBe(0);
  });

  test('what a fresh page says replaces what was asked before', async () => {
    const { rerender } = render(page());
    reply(answers(status({ health: { state: 'slow', words: 'Slow.' } })));
    await passes(1_000);
    expect(screen.getByRole('status')).toHaveTextContent('Slow.');
    rerender(page({ asOf: 2, initial: { health: { state: 'at-once', words: 'At once.' } } }));
    expect(screen.getByRole('status')).toHaveTextContent('At once.');
  });

  test('where the server does not answer, the page keeps what it shows', async () => {
    render(page({ initial: known('So it is.', step({ state: 'sent', sentMs: 200 })) }));
    reply({ code: 503 });
    await passes(60_000);
    expect(line()).toEqual(['Queued', 'Sent 0.2 s', 'With your mail provider']);
  });
});
