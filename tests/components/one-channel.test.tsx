import { render, screen } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { VerifyForm } from '@/components/flow/verify-form';
import type { FormState } from '@/lib/form-state';

type Channels = Pick<ComponentProps<typeof VerifyForm>, 'channel' | 'otherChannel'>;

const silent = async (state: FormState): Promise<FormState> => state;
const atVerifyStep = (channels: Channels) =>
  render(
    <VerifyForm
      {...channels}
      verifyAction={silent}
      resendAction={silent}
      switchAction={silent}
      status={{ health: { state: 'unknown', words: 'Give the message a minute to arrive.' } }}
      flow="t"
      email="ana@latchkey.test"
      asOf={1}
      secondsLeft={600}
      resendInSeconds={0}
      switchInSeconds={0}
      triesLeft={5}
      sendsLeft={4}
    />,
  );
const buttons = () => screen.getAllByRole('button').map((button) => button.textContent);

// The page asks how the code is doing once it has stood for a second.
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('UX-6: the other channel is one step away, where there is one', () => {
  test.each([
    ['email', 'sms', 'by email', 'Use text message instead'],
    ['sms', 'email', 'by text message', 'Use email instead'],
  ] as const)('sent by %s, it offers %s', (channel, otherChannel, by, instead) => {
    const { container } = atVerifyStep({ channel, otherChannel });
    expect(container).toHaveTextContent(`If ana@latchkey.test has an account, a code is on its way ${by}.`);
    expect(buttons()).toEqual(['Verify code', 'Resend code', instead]);
  });

  test.each([
    ['email', 'text message'],
    ['sms', 'use email'],
  ] as const)('with %s alone, nothing speaks of the other', (channel, other) => {
    const { container } = atVerifyStep({ channel, otherChannel: null });
    expect(buttons()).toEqual(['Verify code', 'Resend code']);
    expect(container.textContent?.toLowerCase()).not.toContain(other);
  });
});
