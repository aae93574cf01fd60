import { Fragment, type ReactNode } from 'react';
import { fill, type WordedKind } from '@/lib/messages/standard-wordings';
import { closings } from './closings';
import { CodeBlock } from './code-block';
import { ActionLink, Layout, Line } from './layout';

/** What a mail says. In a frame that is filled in later these are slots, but for the name and `digits`. */
export type Values = {
  appName: string;
  code: string;
  digits: number;
  life: string;
  when: string;
  /** Where `{link}` leads. */
  link: string;
  notMe: string | null;
};

const paragraphs = (body: string): string[] => body.split(/\n{2,}/);

const filled = (text: string, { appName, code, life, when, link }: Values): string =>
  fill(text, { app: appName, code, minutes: life, when, link });

function block(paragraph: string, values: Values, quiet: boolean): ReactNode {
  if (paragraph === '{code}') return <CodeBlock code={values.code} digits={values.digits} />;
  if (paragraph === '{link}') return <ActionLink href={values.link}>Set a new password</ActionLink>;
  const lines = filled(paragraph, values).split('\n');
  return (
    <Line quiet={quiet}>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move.
        <Fragment key={place}>
          {place > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </Line>
  );
}

/** A mail in an admin's words, or the standard ones: React escapes them (WEB-5). What follows the code is quieter. */
export function WordedEmail({ kind, body, values }: { kind: WordedKind; body: string; values: Values }) {
  const all = paragraphs(body);
  const alone = all.findIndex((paragraph) => paragraph === '{code}' || paragraph === '{link}');
  const closing = closings[kind];
  return (
    <Layout appName={values.appName} preview={closing.preview(values.life)}>
      {all.map((paragraph, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs never move.
        <Fragment key={place}>{block(paragraph, values, alone >= 0 && place > alone)}</Fragment>
      ))}
      {closing.html(values)}
    </Layout>
  );
}

/** The plain-text half, of the same words: what a text-only client or a watch shows. */
export const wordedText = (kind: WordedKind, body: string, values: Values): string =>
  `${filled(body, values)}\n\n${closings[kind].text(values)}\n`;
