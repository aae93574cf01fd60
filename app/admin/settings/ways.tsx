import { moment, percent, whole } from '@/components/admin/figures';
import { Meter } from '@/components/admin/meter';
import { Tag } from '@/components/admin/tag';
import { SubmitButton } from '@/components/ui/button';
import { readError } from '@/lib/admin/deliveries/error-reading';
import type { ConfiguredTransport } from '@/lib/admin/settings/settings';
import type { EngineState, ProviderState } from '@/lib/dispatch/engine-state';
import { TestForm } from '../test-form';
import { transportName } from '../transport-name';
import { sendTestAction, tryTransportAction } from './actions';

const channelNames = { email: 'Email', sms: 'SMS' } as const;

/** Each way out in the order of preference: where it goes, whether it works, and what can be done where it does not. */
export function Ways({ ways, engine }: { ways: readonly ConfiguredTransport[]; engine: EngineState }) {
  const missing = (['email', 'sms'] as const).filter((channel) => !ways.some((way) => way.channel === channel));
  return (
    <ul className="grid gap-4.5 text-sm">
      {ways.map(({ name, channel, to, perSecond }) => {
        const state = engine.providers.find((provider) => provider.name === name);
        return (
          <li key={name} className="grid gap-1.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">{`${channelNames[channel]}: ${transportName(name)}`}</span>
              <Tag tone={state?.openUntil ? 'bad' : 'good'}>{state?.openUntil ? 'stopped for now' : 'working'}</Tag>
            </p>
            <p className="break-words text-muted">{`${to}; ${perSecond} a second at most`}</p>
            {state && <State state={state} />}
            <TestForm
              action={sendTestAction}
              hidden={{ transport: name }}
              button={channel === 'email' ? 'Send me a test mail' : 'Send me a test SMS'}
            />
          </li>
        );
      })}
      {missing.map((channel) => (
        <li key={channel} className="text-muted">
          {channel === 'email'
            ? 'Email: not set up. Set EMAIL_HOST_USER, EMAIL_HOST_PASSWORD and DEFAULT_FROM_EMAIL.'
            : 'SMS: not set up. Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_PHONE_NUMBER.'}
        </li>
      ))}
    </ul>
  );
}

function State({ state: { name, openUntil, lastError, lastErrorAt, quota } }: { state: ProviderState }) {
  const read = lastError ? readError(lastError, name, null) : null;
  return (
    <>
      {quota && (
        <div className="grid gap-1">
          <Meter value={quota.used} most={quota.perDay} tone={quota.used >= quota.perDay * 0.8 ? 'bad' : 'brass'} />
          <p>{`${whole(quota.used)} of ${whole(quota.perDay)} messages of the day (${percent(quota.used, quota.perDay)})`}</p>
        </div>
      )}
      {lastError && lastErrorAt && (
        <p className="text-muted">
          {`Last error ${lastError}, ${moment(lastErrorAt)} UTC. ${read?.reading ?? ''} ${openUntil ? (read?.hint ?? '') : ''}`}
        </p>
      )}
      {openUntil && (
        <form action={tryTransportAction}>
          <input type="hidden" name="transport" value={name} />
          <p className="mb-1.5">{`It is tried again by itself at ${moment(openUntil).slice(11)} UTC.`}</p>
          <SubmitButton look="ghost" pending="One moment…">
            Try it with the next message
          </SubmitButton>
        </form>
      )}
    </>
  );
}
