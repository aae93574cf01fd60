import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ThemeSwitch } from '@/components/ui/theme-switch';

type Theme = 'light' | 'dark' | 'system';

/** A person before the switch, and what it posted. */
function before(theme: Theme) {
  const posted: Record<string, FormDataEntryValue>[] = [];
  const action = async (form: FormData) => void posted.push(Object.fromEntries(form));
  render(<ThemeSwitch theme={theme} action={action} />);
  return { posted, person: userEvent.setup() };
}

describe('the colours go round', () => {
  test.each([
    ['system', 'Auto', 'light', 'Light'],
    ['light', 'Light', 'dark', 'Dark'],
    ['dark', 'Dark', 'system', 'Auto'],
  ] as const)('from %s it posts the next, and nothing else', async (theme, now, next, nextWord) => {
    const { posted, person } = before(theme);
    const button = screen.getByRole('button', { name: `Colours: ${now}. Change to ${nextWord}` });
    // Who speaks to the machine says the word that is seen (WCAG 2.5.3).
    expect(button).toHaveTextContent(now);
    await person.click(button);
    expect(posted).toEqual([{ theme: next }]);
  });
});

test('it is a form with a submit button, so a post needs no script', () => {
  before('dark');
  const button = screen.getByRole<HTMLButtonElement>('button');
  expect(button).toHaveAttribute('type', 'submit');
  const form = button.form ?? undefined;
  expect(Object.fromEntries(new FormData(form))).toEqual({ theme: 'system' });
});

test('the keyboard reaches it and presses it', async () => {
  const { posted, person } = before('system');
  await person.tab();
  expect(screen.getByRole('button')).toHaveFocus();
  await person.keyboard('{Enter}');
  expect(posted).toEqual([{ theme: 'light' }]);
});
