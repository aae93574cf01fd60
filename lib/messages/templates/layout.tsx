import { Body, Container, Head, Html, Link, Preview, Text } from '@react-email/components';
import type { ReactNode } from 'react';
import { darkStyles, light, sans } from './palette';

/** A key drawn with borders: nothing is loaded, and a client that drops it loses nothing. */
function Mark() {
  const bar = {
    display: 'inline-block',
    backgroundColor: light.brass,
    height: '3px',
    verticalAlign: 'middle',
  } as const;
  return (
    <span aria-hidden="true" style={{ whiteSpace: 'nowrap', marginRight: '10px' }}>
      <span
        className="lk-ring"
        style={{
          display: 'inline-block',
          width: '8px',
          height: '8px',
          border: `3px solid ${light.brass}`,
          borderRadius: '50%',
          verticalAlign: 'middle',
        }}
      />
      <span className="lk-bar" style={{ ...bar, width: '9px' }} />
      <span className="lk-bar" style={{ ...bar, width: '3px', height: '8px', borderRadius: '0 0 1px 1px' }} />
    </span>
  );
}

/** A sentence of a mail. `quiet` is for what may be read later. */
export function Line({ children, quiet = false }: { children: ReactNode; quiet?: boolean }) {
  const look = quiet ? { color: light.muted, fontSize: '14px' } : { color: light.ink, fontSize: '16px' };
  return (
    <Text className={quiet ? 'lk-muted' : 'lk-ink'} style={{ margin: '0 0 14px', lineHeight: '1.55', ...look }}>
      {children}
    </Text>
  );
}

/** A link within a sentence. */
export function QuietLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="lk-brass" style={{ color: light.brass, textDecoration: 'underline' }}>
      {children}
    </Link>
  );
}

/** The one thing to press. */
export function ActionLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Text style={{ margin: '4px 0 20px' }}>
      <Link
        href={href}
        className="lk-button"
        style={{
          display: 'inline-block',
          padding: '13px 22px',
          borderRadius: '8px',
          backgroundColor: light.brass,
          color: light.surface,
          fontSize: '16px',
          fontWeight: 600,
          lineHeight: '1.2',
          textDecoration: 'none',
        }}
      >
        {children}
      </Link>
    </Text>
  );
}

/** The frame of every mail: one card, the service's name, nothing loaded from anywhere. */
export function Layout({ appName, preview, children }: { appName: string; preview: string; children: ReactNode }) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <style>{darkStyles}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="lk-bg" style={{ margin: 0, padding: '26px 12px', backgroundColor: light.bg, fontFamily: sans }}>
        <Container
          className="lk-card"
          style={{
            maxWidth: '460px',
            margin: '0 auto',
            padding: '28px',
            backgroundColor: light.surface,
            border: `1px solid ${light.line}`,
            borderRadius: '12px',
          }}
        >
          <Text className="lk-ink" style={{ margin: '0 0 20px', color: light.ink, fontSize: '16px', fontWeight: 600 }}>
            <Mark />
            {appName}
          </Text>
          {children}
        </Container>
      </Body>
    </Html>
  );
}
