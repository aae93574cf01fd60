import { Layout, Line } from './layout';

/** Tells of many wrong codes. No link: there is nothing to do. @param account whose it is; null where it is their own */
export function GuessingEmail({ appName, when, account }: { appName: string; when: string; account: string | null }) {
  return (
    <Layout appName={appName} preview="Nobody got in, and codes are much longer now.">
      <Line>
        {account === null ? (
          `Somebody is guessing at the codes that let you back into your ${appName} account.`
        ) : (
          <>
            {'Somebody is guessing at the codes that let '}
            <b>{account}</b>
            {` back into ${appName}.`}
          </>
        )}
      </Line>
      <Line>
        {`Until ${when} a hundred codes in a row were wrong. Nobody got in. New codes for this account have 20 digits from now on, which nobody guesses; the next right one makes them short again.`}
      </Line>
      <Line quiet>
        {account === null
          ? 'There is nothing to do: your password works as ever. Tell nobody a code, us included.'
          : 'There is nothing that must be done. The owner was told, and can sign in and reset the password as ever.'}
      </Line>
    </Layout>
  );
}
