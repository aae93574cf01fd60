import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MethodForm } from '@/components/flow/method-form';
import type { FormState } from '@/lib/form-state';

/** A person at step 2, and what each press of the button sent. */
function atMethodStep(offered: readonly ('email' | 'sms')[] = ['email', 'sms'], answered: Partial<FormState> = {}) {
  const sent: Record<string, FormDataEntryValue>[] = [];
  const action = async ({ turn }: FormState, form: FormData): Promise<FormState> => {
    sent.push(Object.fromEntries(form));
    return { turn: turn + 1, ...answered };
  };
  render(<MethodForm action={action} flow="t" email="ana@latchkey.test" offered={offered} />);
  return { sent, person: userEvent.setup() };
}

const radio = (name: string) => screen.getByRole('radio', { name });

describe('UX-6: the choice of channel', () => {
  test('offers both, each named and explained, in a named group', () => {
    atMethodStep();
    const group = screen.getByRole('group', { name: 'Channel' });
    expect(screen.getAllByRole('radio').map((each) => group.contains(each))).toEqual([true, true]);
    expect(radio('Email')).toHaveAccessibleDescription('To the address you sign in with');
    expect(radio('Text message')).toHaveAccessibleDescription(
      'To the number on your account. Carrier rates may apply.',
    );
  });

  test('the first is chosen before anything is pressed, and is what is sent', async () => {
    const { sent, person } = atMethodStep();
    expect(radio('Email')).toBeChecked();
    expect(radio('Text message')).not.toBeChecked();
    await person.click(screen.getByRole('button', { name: 'Send code' }));
    expect(sent).toEqual([{ flow: 't', channel: 'email' }]);
  });

  test('the one that is not configured is neither offered nor mentioned', async () => {
    const { sent, person } = atMethodStep(['sms']);
    expect(screen.getAllByRole('radio')).toEqual([radio('Text message')]);
    expect(screen.queryByText(/we use email/)).not.toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Send code' }));
    expect(sent).toEqual([{ flow: 't', channel: 'sms' }]);
  });

  test('the words beside a choice choose it, and one choice undoes the other', async () => {
    const { sent, person } = atMethodStep();
    await person.click(screen.getByText('Text message'));
    expect(radio('Text message')).toBeChecked();
    expect(radio('Email')).not.toBeChecked();
    await person.click(screen.getByRole('button', { name: 'Send code' }));
    expect(sent).toEqual([{ flow: 't', channel: 'sms' }]);
  });

  test('does all of it from the keyboard', async () => {
    const { sent, person } = atMethodStep();
    await person.tab();
    expect(radio('Email')).toHaveFocus();
    await person.keyboard('{ArrowDown}');
    expect(radio('Text message')).toHaveFocus();
    expect(radio('Text message')).toBeChecked();
    await person.tab();
    expect(screen.getByRole('button', { name: 'Send code' })).toHaveFocus();
    await person.keyboard('{Enter}');
    expect(sent).toEqual([{ flow: 't', channel: 'sms' }]);
  });
});

describe('UX-3: a refused choice', () => {
  const sentence = 'Choose how the code should reach you.';

  test('has its sentence tied to the group', async () => {
    const { person } = atMethodStep(undefined, { errors: { channel: sentence } });
    const group = screen.getByRole('group', { name: 'Channel' });
    expect(group).not.toHaveAttribute('aria-describedby');
    await person.click(screen.getByRole('button', { name: 'Send code' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    expect(group).toHaveAccessibleDescription(sentence);
  });

  test('takes focus to the choice, where the arrows are, every time', async () => {
    const { person } = atMethodStep(['sms', 'email'], { errors: { channel: sentence } });
    for (const _again of [1, 2]) {
      await person.click(screen.getByRole('button', { name: 'Send code' }));
      await screen.findByRole('alert');
      await waitFor(() => expect(radio('Text message')).toHaveFocus());
    }
  });
});
