import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CodeForm } from '@/components/flow/code-form';
import { SendAgain } from '@/components/flow/send-again';
import type { FormState } from '@/lib/form-state';

const silent = async (state: FormState): Promise<FormState> => state;
const answer = (answered: Partial<FormState>) => async (): Promise<FormState> => ({ turn: 1, ...answered });

describe('UX-1: the code field', () => {
  test('is one plain field that a phone can fill in, of no told length', () => {
    render(<CodeForm action={silent} flow="t" secondsLeft={600} asOf={1} triesLeft={5} />);
    const field = screen.getByLabelText('Code from the message');
    expect(field).toHaveAttribute('type', 'text');
    expect(field).toHaveAttribute('inputmode', 'numeric');
    expect(field).toHaveAttribute('autocomplete', 'one-time-code');
    expect(field).not.toHaveAttribute('maxlength');
    expect(field).not.toHaveAttribute('pattern');
  });

  test('takes a pasted code with its space, and sends nothing by itself', async () => {
    const action = jest.fn(silent);
    render(<CodeForm action={action} flow="t" secondsLeft={600} asOf={1} triesLeft={5} />);
    const field = screen.getByLabelText('Code from the message');
    await userEvent.click(field);
    await userEvent.paste('482 917');
    expect(field).toHaveValue('482 917');
    expect(action).not.toHaveBeenCalled();
  });

  test('is empty, named and focused after a wrong code (UX-3)', async () => {
    render(
      <CodeForm
        action={answer({ errors: { code: 'That code is not right.' } })}
        flow="t"
        secondsLeft={600}
        asOf={1}
        triesLeft={5}
      />,
    );
    await userEvent.type(screen.getByLabelText('Code from the message'), '000000');
    await userEvent.click(screen.getByRole('button', { name: 'Verify code' }));
    const field = await screen.findByLabelText('Code from the message');
    expect(await screen.findByRole('alert')).toHaveTextContent('That code is not right.');
    await waitFor(() => expect(field).toHaveValue(''));
    expect(field).toHaveAccessibleDescription('That code is not right.');
    expect(field).toBeInvalid();
    expect(field).toHaveFocus();
  });
});

describe('UX-4: the wait', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('the button counts down, then may be pressed', () => {
    render(
      <SendAgain
        name="resend"
        action={silent}
        flow="t"
        label="Resend code"
        waiting="Resend code"
        waitSeconds={24}
        asOf={1}
        sendsLeft={4}
      />,
    );
    expect(screen.getByRole('button', { name: 'Resend code in 0:24' })).toBeDisabled();
    act(() => jest.advanceTimersByTime(5_000));
    expect(screen.getByRole('button', { name: 'Resend code in 0:19' })).toBeDisabled();
    act(() => jest.advanceTimersByTime(20_000));
    expect(screen.getByRole('button', { name: 'Resend code' })).toBeEnabled();
  });

  test('the page says when the code has expired', () => {
    render(<CodeForm action={silent} flow="t" secondsLeft={61} asOf={1} triesLeft={1} />);
    expect(screen.getByText('Expires in 1:01')).toBeInTheDocument();
    expect(screen.getByText('1 try left')).toBeInTheDocument();
    act(() => jest.advanceTimersByTime(62_000));
    expect(screen.getByText('This code has expired')).toBeInTheDocument();
  });
});
