import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UnrecognizedActionError } from 'next/dist/client/components/unrecognized-action-error';
import { NewPasswordForm } from '@/components/flow/new-password-form';
import { RequestForm } from '@/components/flow/request-form';
import { SignInForm } from '@/components/flow/sign-in-form';
import { SignOutForm } from '@/components/flow/sign-out-form';

// UX-4: a form that could not be sent stays as it was, whatever was typed.

const sentence = 'Nothing was sent: no connection. Try again.';
const dropped = async () => {
  throw new TypeError('Failed to fetch');
};

beforeEach(() => sessionStorage.clear());

test('UX-4: a dropped connection leaves address and password in their fields, and says so with focus', async () => {
  render(<SignInForm action={dropped} next="/account" />);
  await userEvent.type(screen.getByLabelText('Email address'), 'ana@latchkey.test');
  await userEvent.type(screen.getByLabelText('Password'), 'brass otter');
  for (let times = 0; times < 2; times += 1) {
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(sentence);
    expect(alert).toHaveFocus();
    expect(screen.getByLabelText('Email address')).toHaveValue('ana@latchkey.test');
    expect(screen.getByLabelText('Password')).toHaveValue('brass otter');
  }
});

test('UX-4: the sentence goes with the next answer', async () => {
  let down = true;
  render(
    <SignInForm
      action={async () => {
        if (down) return dropped();
        return { turn: 2, message: 'The email or the password is not right.' };
      }}
      next="/account"
    />,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText(sentence);
  down = false;
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText(/is not right/);
  expect(screen.queryByText(sentence)).toBeNull();
});

test('UX-4: new passwords stay typed, and the meter still knows them', async () => {
  render(<NewPasswordForm action={dropped} flow="f" email="ana@latchkey.test" />);
  await userEvent.type(screen.getByLabelText('New password'), 'brass otter lantern');
  await userEvent.type(screen.getByLabelText('Repeat it'), 'brass otter lantern');
  await userEvent.click(screen.getByRole('button', { name: 'Set new password' }));
  await screen.findByText(sentence);
  expect(screen.getByLabelText('New password')).toHaveValue('brass otter lantern');
  expect(screen.getByLabelText('Repeat it')).toHaveValue('brass otter lantern');
});

test('UX-4: a button alone says it too', async () => {
  render(<SignOutForm action={dropped} />);
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
});

test('UPG-2: a form of another build says so, and its link keeps the address for the step loaded anew', async () => {
  const gone = async () => {
    throw new UnrecognizedActionError('not found');
  };
  const { unmount } = render(<RequestForm action={gone} />);
  await userEvent.type(screen.getByLabelText('Email address'), 'ana@latchkey.test');
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This site was just updated, and nothing was sent.');
  const link = screen.getByRole('link', { name: 'Open this step again' });
  link.addEventListener('click', (event) => event.preventDefault());
  await userEvent.click(link);
  unmount();
  render(<RequestForm action={gone} />);
  expect(screen.getByLabelText('Email address')).toHaveValue('ana@latchkey.test');
  expect(sessionStorage).toHaveLength(0);
});

test('UPG-2: neither a password nor a code is kept for it', async () => {
  const gone = async () => {
    throw new UnrecognizedActionError('not found');
  };
  render(<SignInForm action={gone} next="/account" />);
  await userEvent.type(screen.getByLabelText('Email address'), 'ana@latchkey.test');
  await userEvent.type(screen.getByLabelText('Password'), 'brass otter');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const link = await screen.findByRole('link', { name: 'Open this step again' });
  link.addEventListener('click', (event) => event.preventDefault());
  await userEvent.click(link);
  expect(JSON.stringify({ ...sessionStorage })).toContain('ana@latchkey.test');
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('brass');
});
