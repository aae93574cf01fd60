import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { CodeForm } from '@/components/flow/code-form';
import { MethodForm } from '@/components/flow/method-form';
import { NewPasswordForm } from '@/components/flow/new-password-form';
import { RequestForm } from '@/components/flow/request-form';
import { SendAgain } from '@/components/flow/send-again';
import { SignInForm } from '@/components/flow/sign-in-form';
import { SignOutForm } from '@/components/flow/sign-out-form';

/** A server that takes its time: each press waits until the test lets the answers go. */
function slowServer() {
  let answer: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let presses = 0;
  const waits = async () => {
    presses += 1;
    await gate;
  };
  const action = async () => waits().then(() => ({ turn: presses }));
  return { waits, action, answers: () => act(async () => answer()), presses: () => presses };
}

type Server = ReturnType<typeof slowServer>;

const forms: [string, string, (server: Server) => ReactElement][] = [
  ['Continue', 'One moment…', ({ action }) => <RequestForm action={action} />],
  ['Send code', 'Sending…', ({ action }) => <MethodForm action={action} flow="t" email="a@b.test" offered={['sms']} />],
  [
    'Verify code',
    'Checking…',
    ({ action }) => <CodeForm action={action} flow="t" secondsLeft={600} asOf={1} triesLeft={5} />,
  ],
  ['Set new password', 'Setting it…', ({ action }) => <NewPasswordForm action={action} flow="t" email="a@b.test" />],
  ['Sign in', 'Signing in…', ({ action }) => <SignInForm action={action} next="/account" />],
  ['Sign out', 'Signing out…', ({ waits }) => <SignOutForm action={waits} />],
  [
    'Resend code',
    'Sending…',
    ({ action }) => (
      <SendAgain
        name="resend"
        action={action}
        flow="t"
        label="Resend code"
        waiting="Resend code"
        waitSeconds={0}
        asOf={1}
        sendsLeft={4}
      />
    ),
  ],
];

describe('UX-3: while the answer is under way', () => {
  test.each(forms)('"%s" says "%s", takes no second press, and comes back', async (label, pending, form) => {
    const server = slowServer();
    render(form(server));
    await userEvent.dblClick(screen.getByRole('button', { name: label }));
    expect(screen.getByRole('button', { name: pending })).toBeDisabled();
    expect(screen.queryByRole('button', { name: label })).not.toBeInTheDocument();
    await server.answers();
    expect(await screen.findByRole('button', { name: label })).toBeEnabled();
    expect(server.presses()).toBe(1);
  });
});

test('UX-3: Enter, pressed twice in a field, sends once', async () => {
  const server = slowServer();
  render(<RequestForm action={server.action} />);
  await userEvent.type(screen.getByLabelText('Email address'), 'ana@latchkey.test{Enter}{Enter}');
  await server.answers();
  expect(await screen.findByRole('button', { name: 'Continue' })).toBeEnabled();
  expect(server.presses()).toBe(1);
});
