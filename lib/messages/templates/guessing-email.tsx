import { Layout, Line } from './layout';

/** Tells an admin of many wrong codes. No link: there is nothing to do. @param account whose it is */
export function GuessingEmail({ appName, when, account }: { appName: string; when: string; account: string }) {
  return (
    <Layout appName={appName} preview="Nobody got in, and codes are much longer now.">
      <Line>
        {'Somebody is guessing at the codes that let '}
        <b>{account}</b>
        {` back into ${appName}.`}
      </Line>
      <Line>
        {`Until ${when} a hundred codes in a row were wrong. Nobody got in. New codes for this account have 20 digits from now on, which nobody guesses; the next right one makes them short again.`}
      </Line>
      <Line quiet>
        There is nothing that must be done. The owner was told, and can sign in and reset the password as ever.
      </Line>
    </Layout>
  );
}
