import { Layout, Line } from './layout';

/** Tells that the password is new. No link: whoever reads this mailbox must not get further by it. */
export function PasswordChangedEmail({ appName, when }: { appName: string; when: string }) {
  return (
    <Layout appName={appName} preview="You were signed out on every device.">
      <Line>{`The password of your ${appName} account was changed on ${when}. You were signed out on every device.`}</Line>
      <Line quiet>
        {`If that was you, there is nothing to do. If it was not, go to the sign-in page as you usually do, choose “Forgot password?” to set a new one, and tell whoever runs ${appName}.`}
      </Line>
    </Layout>
  );
}
