import type { Config } from 'tailwindcss';

/** The tokens. Their values, dark and light, are CSS variables in app/globals.css. */
const token = (name: string): string => `var(--${name})`;
const colours = [
  'bg',
  'bg-glow',
  'surface',
  'raised',
  'line',
  'line-strong',
  'ink',
  'muted',
  'faint',
  'brass',
  'brass-ink',
  'brass-soft',
  'good',
  'good-soft',
  'bad',
  'bad-soft',
  'wait',
] as const;

export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    extend: {
      colors: Object.fromEntries(colours.map((name) => [name, token(name)])),
      // Not s, m, l: Tailwind reads rounded-s and rounded-l as sides.
      borderRadius: { field: '8px', panel: '12px', card: '18px' },
      boxShadow: { card: token('shadow') },
      fontFamily: {
        sans: ['var(--font-geist-sans)', 'Inter', 'system-ui', 'sans-serif'],
        mono: ['var(--font-geist-mono)', 'ui-monospace', 'SFMono-Regular', 'Menlo', 'monospace'],
      },
    },
  },
} satisfies Config;
