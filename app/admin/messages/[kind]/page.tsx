import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import type { WithSearchParams } from '@/app/search-params';
import { Panel } from '@/components/admin/panel';
import { Notice } from '@/components/ui/notice';
import { channelsOf, previewMessage } from '@/lib/admin/messages/preview-message';
import type { MessageKind } from '@/lib/admin/messages/sample-content';
import { wordingInForce, wordingVersions } from '@/lib/admin/messages/wordings';
import { container } from '@/lib/container';
import type { Channel } from '@/lib/delivery/port';
import { checkWording } from '@/lib/messages/check-wording';
import { editableOf, isWordedKind } from '@/lib/messages/standard-wordings';
import { adminPage, isFresh } from '@/lib/session/admin';
import { TestForm } from '../../test-form';
import { testMessageAction } from '../actions';
import { messageNote } from '../notes';
import { channelFor, isMessageKind, messagesPage, pageOf, sentKinds, versionIn } from '../which';
import { messageWords, wayNames } from '../words';
import { Editor } from './editor';
import { Preview } from './preview';
import { Versions } from './versions';

export const metadata: Metadata = { title: 'Message' };

type Props = WithSearchParams & { params: Promise<{ kind: string }> };

export default adminPage(messagesPage, async (admin, { params, searchParams }: Props) => {
  const { kind } = await params;
  const { db, transports, appName, origin, clock } = container();
  if (!isMessageKind(kind) || !sentKinds(transports).includes(kind)) notFound();
  const query = await searchParams;
  const channel = channelFor(kind, query.channel);
  const note = messageNote(query.note);
  const editable = editableOf(kind, channel);
  const which = editable && isWordedKind(kind) ? { kind, channel } : null;
  const now = which ? await wordingInForce(db, which) : null;
  const service = { appName, host: origin.hostname };
  const checked = which && now?.wording ? checkWording(which.kind, channel, now.wording, service) : null;
  const words = checked?.ok ? checked.wording : null;
  const about = { appName, origin, at: clock.now() };
  return (
    <>
      <p className="mb-2 text-sm">
        <Link href={messagesPage} prefetch={false} className="text-brass underline underline-offset-4">
          Messages
        </Link>
      </p>
      <h1 className="mb-1">{messageWords[kind].name}</h1>
      <p className="mb-3.5 max-w-[65ch] text-muted">{messageWords[kind].when}</p>
      <Ways kind={kind} channel={channel} />
      {note && <Notice tone={note[0]}>{note[1]}</Notice>}
      {checked?.ok === false && (
        <Notice tone="bad">
          {`Version ${now?.version} does not fit any more, under the present name and address of this service. The standard words are sent in its place.`}
        </Notice>
      )}
      <div className="grid gap-3.5 xl:grid-cols-2">
        <Panel title="As people get it now" className="xl:row-span-2">
          <Preview preview={await previewMessage(kind, channel, words, about)} name="The message as it is now" />
        </Panel>
        {which && now && editable && (
          <>
            <Panel title="Change the words">
              <Editor
                which={which}
                editable={editable}
                version={now.version}
                words={now.wording ?? editable.standard}
                fresh={isFresh(admin)}
              />
            </Panel>
            <Panel title="Send me a test">
              {transports[channel] ? (
                <>
                  <p className="mb-3.5 text-sm text-muted">
                    It goes to your own verified {channel === 'email' ? 'address' : 'number'} as people get it now,
                    marked as a test. Its code opens nothing.
                  </p>
                  <TestForm action={testMessageAction} hidden={{ kind, channel }} button="Send me a test" />
                </>
              ) : (
                <p className="text-sm text-muted">{`${wayNames[channel]} is not set up here, so there is no test.`}</p>
              )}
            </Panel>
            <Panel title="Versions" className="xl:col-span-2">
              <Versions which={which} now={now} {...(await wordingVersions(db, which, versionIn(query.before)))} />
            </Panel>
          </>
        )}
      </div>
    </>
  );
});

function Ways({ kind, channel }: { kind: MessageKind; channel: Channel }) {
  const channels = channelsOf(kind);
  if (channels.length < 2) return null;
  return (
    <nav aria-label="Ways" className="mb-4.5">
      <ul className="flex gap-1">
        {channels.map((way) => (
          <li key={way}>
            <Link
              href={pageOf({ kind, channel: way })}
              prefetch={false}
              aria-current={way === channel ? 'page' : undefined}
              className={`flex min-h-11 items-center rounded-field px-3.5 text-[0.9375rem] ${way === channel ? 'bg-raised font-medium text-ink' : 'text-muted hover:text-ink'}`}
            >
              {wayNames[way]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
