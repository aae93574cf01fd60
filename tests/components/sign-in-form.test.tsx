import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SignInForm } from '@/components/flow/sign-in-form';
import type { FormState } from '@/lib/form-state';

const refused = 'The email or the password is not right.';

/** A person who sends the form, and what the server got. It answers with what was typed, the password never. */
async function signsIn(answered: Partial<FormState>) {
  const person = userEvent.setup();
  const sent: Record<string, FormDataEntryValue>[] = [];
  const action = async ({ turn }: FormState, form: FormData): Promise<FormState> => {
    sent.push(Object.fromEntries(form));
    return { turn: turn + 1, values: { email: String(form.get('email')) }, ...answered };
  };
  render(<SignInForm action={action} next="/account" />);
  await person.type(email(), 'ana@latchkey.test');
  await person.type(password(), 'not hers');
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findAllByRole('alert');
  return { person, sent };
}

const email = () => screen.getByLabelText('Email address');
const password = () => screen.getByLabelText('Password');

describe('LOG-1: refused', () => {
  test('it says so once for the form, blames neither field, and takes focus there', async () => {
    const { sent } = await signsIn({ message: refused });
    expect(screen.getByRole('alert')).toHaveTextContent(refused);
    await waitFor(() => expect(screen.getByRole('alert')).toHaveFocus());
    expect(email()).not.toBeInvalid();
    expect(password()).not.toBeInvalid();
    expect(sent).toEqual([{ next: '/account', email: 'ana@latchkey.test', password: 'not hers' }]);
  });

  test('UX-4: the address stays, the password does not', async () => {
    await signsIn({ message: refused });
    expect(email()).toHaveValue('ana@latchkey.test');
    expect(password()).toHaveValue('');
  });

  test('the second time it takes focus again', async () => {
    const { person, sent } = await signsIn({ message: refused });
    await person.type(password(), 'nor this{Enter}');
    expect(sent).toHaveLength(2);
    await waitFor(() => expect(screen.getByRole('alert')).toHaveFocus());
  });
});

test('UX-3: a sentence at the password takes focus there, and the address stays', async () => {
  await signsIn({ errors: { password: 'Type your password.' } });
  await waitFor(() => expect(password()).toHaveFocus());
  expect(password()).toHaveAccessibleDescription('Type your password.');
  expect(email()).toHaveValue('ana@latchkey.test');
  expect(email()).not.toBeInvalid();
});

test('UX-3: of two sentences, focus goes to the first', async () => {
  await signsIn({ errors: { email: 'Type your email address.', password: 'Type your password.' } });
  await waitFor(() => expect(email()).toHaveFocus());
});

test('UX-5: a password manager knows which is which', () => {
  render(<SignInForm action={async (state) => state} next="/account" />);
  expect(email()).toHaveAttribute('autocomplete', 'username');
  expect(password()).toHaveAttribute('autocomplete', 'current-password');
});
