import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Brand } from '@/components/ui/brand';
import { ThemeSwitch } from '@/components/ui/theme-switch';
import { container } from '@/lib/container';
import './globals.css';
import { chosenTheme } from './theme';
import { setTheme } from './theme-action';

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'dark light' };

export async function generateMetadata(): Promise<Metadata> {
  const { appName } = container();
  return {
    title: { default: appName, template: `%s · ${appName}` },
    description: 'Get back into your account.',
    robots: { index: false },
  };
}

// Every page reads settings and cookies, and none is rendered at the build (CFG-1).
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme();
  const { appName, env } = container();
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      {...(theme === 'system' ? {} : { 'data-theme': theme })}
    >
      <body className="flex min-h-dvh flex-col font-sans">
        <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:bg-surface focus:p-3">
          Skip to the content
        </a>
        {env.LATCHKEY_DEMO && (
          <aside
            aria-label="Demonstration"
            className="bg-brass px-4 py-2 text-center text-sm font-medium text-brass-ink"
          >
            Demonstration: messages go to the{' '}
            <a href="/dev/inbox" className="underline">
              local inbox
            </a>
            , and anyone can read them.
          </aside>
        )}
        <header className="flex items-center justify-between px-5 py-3 sm:px-7">
          <Link href="/" prefetch={false} className="inline-flex min-h-11 items-center">
            <Brand name={appName} />
          </Link>
          <ThemeSwitch theme={theme} action={setTheme} />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="flex flex-1 flex-col items-center px-4 pt-3 pb-16 outline-none sm:justify-center"
        >
          {children}
        </main>
      </body>
    </html>
  );
}
