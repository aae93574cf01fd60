import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { Panel } from '@/components/admin/panel';
import { SubmitButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { configuredWays, shownSettings } from '@/lib/admin/settings/settings';
import { container } from '@/lib/container';
import { engineState } from '@/lib/dispatch/engine-state';
import { bootWarnings } from '@/lib/server/boot-checks';
import { adminPage } from '@/lib/session/admin';
import { testAlertAction } from './actions';
import { settingsNote } from './notes';
import { Ways } from './ways';

export const metadata: Metadata = { title: 'Settings' };

export default adminPage('/admin/settings', async (_admin, { searchParams }: WithSearchParams) => {
  const { db, clock, env, transports, offered } = container();
  const note = settingsNote((await searchParams).note);
  const engine = await engineState(db, transports, clock.now());
  const warnings = bootWarnings({ env, offered });
  return (
    <>
      <h1 className="mb-5">Settings</h1>
      {note && <Notice tone={note[0]}>{note[1]}</Notice>}
      {warnings.length > 0 && (
        <Notice tone="bad">
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      )}
      <div className="grid gap-3.5 xl:grid-cols-2">
        <Panel title="Ways out">
          <Ways ways={configuredWays(env, transports)} engine={engine} />
        </Panel>
        <Panel title="Alerts">
          <Alerts webhook={env.ALERT_WEBHOOK_URL !== undefined} mail={offered.includes('email')} />
        </Panel>
        {shownSettings(env).map(({ title, settings }) => (
          <Panel key={title} title={title}>
            <dl className="text-sm">
              {settings.map(({ name, value }) => (
                <div
                  key={name}
                  className="flex flex-wrap justify-between gap-x-4 border-line border-t py-2 first:border-t-0"
                >
                  <dt className="font-mono text-[0.8125rem] text-muted">{name}</dt>
                  <dd className="break-all">{value}</dd>
                </div>
              ))}
            </dl>
          </Panel>
        ))}
      </div>
      <p className="mt-3.5 text-[0.8125rem] text-muted">
        What is set comes from the environment of the server. Change it there and start again; .env.example says what
        each is.
      </p>
    </>
  );
});

function Alerts({ webhook, mail }: { webhook: boolean; mail: boolean }) {
  return (
    <div className="grid gap-3 text-sm">
      <p>
        {mail
          ? 'Every administrator with a verified address is told by mail when something is wrong, and when it is over.'
          : 'Nothing goes by email here, so administrators are told by the webhook alone.'}
      </p>
      {webhook ? (
        <form action={testAlertAction}>
          <p className="mb-2.5">They are posted to the webhook as well.</p>
          <SubmitButton look="ghost" pending="Posting…">
            Post a test alert
          </SubmitButton>
        </form>
      ) : (
        <p className="text-muted">
          To have them in a chat as well, set <code className="font-mono text-[0.8125rem]">ALERT_WEBHOOK_URL</code> to
          an incoming webhook of Slack, Mattermost or Discord. A mail that cannot leave tells nobody.
        </p>
      )}
    </div>
  );
}
