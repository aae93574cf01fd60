import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PathnameContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { ThemeSwitch } from '@/components/ui/theme-switch';

type Theme = 'light' | 'dark' | 'system';

/** A person on the sign-in page, and what the form posted. */
function atSignIn(theme: Theme) {
  const posted: Record<string, FormDataEntryValue>[] = [];
  const action = async (form: FormData) => void posted.push(Object.fromEntries(form));
  render(
    <PathnameContext value="/sign-in">
      <ThemeSwitch theme={theme} action={action} />
    </PathnameContext>,
  );
  return { posted, person: userEvent.setup() };
}

describe('the colours go round', () => {
  test.each([
    ['system', 'Auto', 'light', 'Light'],
    ['light', 'Light', 'dark', 'Dark'],
    ['dark', 'Dark', 'system', 'Auto'],
  ] as const)('from %s it posts the next, and comes back to this page', async (theme, now, next, nextWord) => {
    const { posted, person } = atSignIn(theme);
    const button = screen.getByRole('button', { name: `Colours: ${now}. Change to ${nextWord}` });
    // Who speaks to the machine says the word that is seen (WCAG 2.5.3).
    expect(button).toHaveTextContent(now);
    await person.click(button);
    expect(posted).toEqual([{ theme: next, path: '/sign-in' }]);
  });
});

test('it is a form with a submit button, so a post needs no script', () => {
  atSignIn('dark');
  const button = screen.getByRole<HTMLButtonElement>('button');
  expect(button).toHaveAttribute('type', 'submit');
  const form = button.form ?? undefined;
  expect(Object.fromEntries(new FormData(form))).toEqual({ theme: 'system', path: '/sign-in' });
});

test('the keyboard reaches it and presses it', async () => {
  const { posted, person } = atSignIn('system');
  await person.tab();
  expect(screen.getByRole('button')).toHaveFocus();
  await person.keyboard('{Enter}');
  expect(posted).toEqual([{ theme: 'light', path: '/sign-in' }]);
});
