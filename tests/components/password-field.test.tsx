import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PasswordField } from '@/components/ui/password-field';

describe('UX-5: show and hide', () => {
  test('it is hidden until asked for, and hidden again; managers know it', async () => {
    render(<PasswordField name="password" label="New password" autoComplete="new-password" />);
    const field = screen.getByLabelText('New password');
    expect(field).toHaveAttribute('autocomplete', 'new-password');
    expect(field).toHaveAttribute('type', 'password');
    await userEvent.click(screen.getByRole('button', { name: /show/i }));
    expect(field).toHaveAttribute('type', 'text');
    await userEvent.click(screen.getByRole('button', { name: /hide/i }));
    expect(field).toHaveAttribute('type', 'password');
  });

  test('what was typed stays, and nothing is sent', async () => {
    const person = userEvent.setup();
    const sent = jest.fn();
    render(
      <form action={sent}>
        <PasswordField name="password" label="Password" autoComplete="current-password" />
      </form>,
    );
    await person.type(screen.getByLabelText('Password'), 'brass otter');
    await person.click(screen.getByRole('button', { name: 'Show what you typed' }));
    expect(screen.getByLabelText('Password')).toHaveValue('brass otter');
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text');
    expect(sent).not.toHaveBeenCalled();
  });

  test('the keyboard does it, and keeps its place', async () => {
    const person = userEvent.setup();
    render(<PasswordField name="password" label="Password" autoComplete="current-password" />);
    await person.tab();
    await person.tab();
    await person.keyboard(' ');
    const hide = screen.getByRole('button', { name: 'Hide what you typed' });
    expect(hide).toHaveFocus();
    await person.keyboard('{Enter}');
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'password');
  });

  test('the button says what it will do: "Hide, pressed" would say it twice and mean the opposite', async () => {
    render(<PasswordField name="password" label="Password" autoComplete="current-password" />);
    await userEvent.click(screen.getByRole('button', { name: 'Show what you typed' }));
    expect(screen.getByRole('button', { name: 'Hide what you typed' })).not.toHaveAttribute('aria-pressed');
  });

  test('two on one page open one by one', async () => {
    render(
      <>
        <PasswordField name="password" label="New password" autoComplete="new-password" />
        <PasswordField name="confirmPassword" label="Repeat it" autoComplete="new-password" />
      </>,
    );
    const [first] = screen.getAllByRole('button', { name: 'Show what you typed' });
    await userEvent.click(first as HTMLElement);
    expect(screen.getByLabelText('New password')).toHaveAttribute('type', 'text');
    expect(screen.getByLabelText('Repeat it')).toHaveAttribute('type', 'password');
  });
});
