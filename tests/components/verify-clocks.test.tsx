import { act, fireEvent, render, screen } from '@testing-library/react';
import { CodeForm } from '@/components/flow/code-form';
import { SendAgain } from '@/components/flow/send-again';
import type { FormState } from '@/lib/form-state';

const answer = (answered: Partial<FormState>) => async (): Promise<FormState> => ({ turn: 1, ...answered });
const codeForm = (asOf: number, secondsLeft = 600) => (
  <CodeForm
    action={answer({ errors: { code: 'A code has digits only.' } })}
    flow="t"
    secondsLeft={secondsLeft}
    asOf={asOf}
    triesLeft={5}
  />
);

describe('UX-4: the clocks', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('an answer without fresh seconds does not give the code its time back', async () => {
    render(codeForm(1));
    act(() => jest.advanceTimersByTime(60_000));
    await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Verify code' })));
    expect(screen.getByRole('alert')).toHaveTextContent('digits only');
    act(() => jest.advanceTimersByTime(1_000));
    expect(screen.getByRole('timer')).toHaveTextContent('Expires in 8:59');
  });

  test('fresh seconds start anew, the same number too', () => {
    const { rerender } = render(codeForm(1));
    act(() => jest.advanceTimersByTime(60_000));
    rerender(codeForm(2));
    expect(screen.getByRole('timer')).toHaveTextContent('Expires in 10:00');
  });
});

test('UX-3: what sending again answered takes focus, which the waiting button loses', async () => {
  const message = 'The code is on its way again.';
  render(
    <SendAgain
      name="resend"
      action={answer({ message })}
      flow="t"
      label="Resend code"
      waiting="Resend code"
      waitSeconds={0}
      asOf={1}
      sendsLeft={4}
    />,
  );
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Resend code' })));
  expect(screen.getByText(message)).toHaveFocus();
});
