import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RequestForm } from '@/components/flow/request-form';
import type { FormState } from '@/lib/form-state';

const sentence = 'That does not look like an email address.';

/** Answers as the server does: the sentence, and what was typed. */
const refuse = async ({ turn }: FormState, form: FormData): Promise<FormState> => ({
  turn: turn + 1,
  errors: { email: sentence },
  values: { email: String(form.get('email')) },
});
const field = () => screen.getByRole('textbox', { name: 'Email address' });

describe('UX-3: a refused address', () => {
  test('UX-4: stays as it was typed, under its sentence, and takes focus each time', async () => {
    const person = userEvent.setup();
    render(<RequestForm action={refuse} />);
    await person.type(field(), 'ana@{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    expect(field()).toHaveValue('ana@');
    expect(field()).toBeInvalid();
    expect(field()).toHaveAccessibleDescription(sentence);
    await waitFor(() => expect(field()).toHaveFocus());

    await person.type(field(), 'b');
    await person.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(field()).toHaveFocus());
    expect(field()).toHaveValue('ana@b');
  });

  test('is corrected from where it stands', async () => {
    const person = userEvent.setup();
    const sent: FormDataEntryValue[] = [];
    const action = async (state: FormState, form: FormData): Promise<FormState> => {
      sent.push(...form.getAll('email'));
      return refuse(state, form);
    };
    render(<RequestForm action={action} />);
    await person.type(field(), 'ana@{Enter}');
    await waitFor(() => expect(field()).toHaveFocus());
    await screen.findByRole('alert');
    await person.keyboard('{End}latchkey.test{Enter}');
    expect(sent).toEqual(['ana@', 'ana@latchkey.test']);
  });

  test('is kept even where this flow knew another one', async () => {
    const person = userEvent.setup();
    render(<RequestForm action={refuse} email="ana@latchkey.test" />);
    expect(field()).toHaveValue('ana@latchkey.test');
    await person.clear(field());
    await person.keyboard('{Enter}');
    await screen.findByRole('alert');
    expect(field()).toHaveValue('');
  });
});

test('the server judges the address, not the browser: the form is sent as it is', () => {
  render(<RequestForm action={refuse} />);
  expect((field() as HTMLInputElement).form).toHaveAttribute('novalidate');
  expect(field()).toHaveAttribute('autocomplete', 'username');
  expect(field()).not.toBeInvalid();
});
