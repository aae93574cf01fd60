import { PlainForm } from './plain-form';

type Theme = 'light' | 'dark' | 'system';
const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const words: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' };

/** A real form, so that it works without scripts too. It goes round: the system's, light, dark. */
export function ThemeSwitch({ theme, action }: { theme: Theme; action: (form: FormData) => Promise<void> }) {
  return (
    <PlainForm action={action}>
      <input type="hidden" name="theme" value={next[theme]} />
      <button
        type="submit"
        className="min-h-11 px-2 text-sm text-muted hover:text-ink"
        aria-label={`Colours: ${words[theme]}. Change to ${words[next[theme]]}`}
      >
        {words[theme]}
      </button>
    </PlainForm>
  );
}
