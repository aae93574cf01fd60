import { Layout, Line } from './layout';

/** Tells an admin who is locked out. No link: nothing that this mailbox opens may reset anybody. */
export function OperatorNeededEmail({ appName, when, account }: { appName: string; when: string; account: string }) {
  return (
    <Layout appName={appName} preview="Their password was disputed, and no code can reach them safely.">
      <Line>
        <b>{account}</b>
        {` needs your help to get back into ${appName}.`}
      </Line>
      <Line>
        {`On ${when} they told us that the new password of their account was not theirs. That password no longer works, and everyone was signed out. A code could not help: the change was made by every way that we have to reach them.`}
      </Line>
      <Line quiet>
        Speak to them in a way that you both trust, and make sure that it is them. For the next 24 hours no code goes to
        the address or number that was used for the change.
      </Line>
    </Layout>
  );
}
