import type { Metadata } from 'next';
import { moment } from '@/components/admin/figures';
import { Panel } from '@/components/admin/panel';
import { Tag } from '@/components/admin/tag';
import { channelsOf } from '@/lib/admin/messages/preview-message';
import { editedWordings } from '@/lib/admin/messages/wordings';
import { container } from '@/lib/container';
import { editableOf } from '@/lib/messages/standard-wordings';
import { adminPage } from '@/lib/session/admin';
import { pageOf, sentKinds } from './which';
import { messageWords, wayNames } from './words';

export const metadata: Metadata = { title: 'Messages' };

export default adminPage('/admin/messages', async () => {
  const { db, transports } = container();
  const edited = await editedWordings(db);
  return (
    <>
      <h1 className="mb-1">Messages</h1>
      <p className="mb-5 max-w-[65ch] text-muted">
        Everything that this service sends. Look at each as people see it, put it in your own words, and send yourself a
        test.
      </p>
      <Panel title="Mails and texts">
        <ul className="text-sm">
          {sentKinds(transports).map((kind) => (
            <li key={kind} className="border-line border-t py-3.5 first:border-t-0 first:pt-0">
              <h3 className="font-medium text-[0.9375rem]">{messageWords[kind].name}</h3>
              <p className="mb-1.5 max-w-[65ch] text-muted">{messageWords[kind].when}</p>
              <ul className="flex flex-wrap gap-x-6">
                {channelsOf(kind).map((channel) => {
                  const last = edited.find((one) => one.kind === kind && one.channel === channel);
                  const fixed = editableOf(kind, channel) === null;
                  return (
                    <li key={channel} className="flex min-h-11 flex-wrap items-center gap-x-2.5">
                      {/* Loaded anew: the page's policy lets the frames of mails be styled (proxy.ts). */}
                      <a
                        href={pageOf({ kind, channel })}
                        className="inline-flex min-h-11 items-center font-medium text-brass underline underline-offset-4"
                        aria-label={`${wayNames[channel]}: ${messageWords[kind].name}`}
                      >
                        {wayNames[channel]}
                      </a>
                      <Tag tone={last?.own ? 'good' : 'quiet'}>
                        {fixed ? 'fixed words' : last?.own ? 'own words' : 'standard words'}
                      </Tag>
                      {last && <span className="text-[0.8125rem] text-faint">{`${moment(last.createdAt)} UTC`}</span>}
                    </li>
                  );
                })}
              </ul>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
});
