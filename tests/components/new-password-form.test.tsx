import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NewPasswordForm } from '@/components/flow/new-password-form';
import type { FormState } from '@/lib/form-state';

const silent = async (state: FormState): Promise<FormState> => state;

describe('UX-5: strength, with its reason', () => {
  test.each([
    ['password', 'Very easy to guess. It is one of the ten most used passwords.'],
    ['ana@latchkey.test', 'Very easy to guess. It has your own address in it.'],
    ['brass otter lantern', 'Strong. It would take centuries to guess.'],
    ['a', 'Very easy to guess. It would take a second to guess.'],
  ])('%s', async (password, sentence) => {
    render(<NewPasswordForm action={silent} flow="t" email="ana@latchkey.test" />);
    await userEvent.type(screen.getByLabelText('New password'), password);
    expect(await screen.findByText(sentence, {}, { timeout: 8_000 })).toHaveAttribute('aria-live', 'polite');
  });
});

test('a refused password is named, tied, cleared and focused; nothing typed comes back', async () => {
  const refuse = async (): Promise<FormState> => ({ turn: 1, errors: { password: 'Use at least 8 characters.' } });
  render(<NewPasswordForm action={refuse} flow="t" email="ana@latchkey.test" />);
  await userEvent.type(screen.getByLabelText('New password'), 'short');
  await userEvent.click(screen.getByRole('button', { name: 'Set new password' }));
  const field = await screen.findByLabelText('New password');
  expect(await screen.findByRole('alert')).toHaveTextContent('Use at least 8 characters.');
  expect(field).toHaveAccessibleDescription('Use at least 8 characters.');
  expect(field).toHaveFocus();
  expect(field).toHaveValue('');
});
