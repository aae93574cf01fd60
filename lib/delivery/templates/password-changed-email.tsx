import { ActionLink, Layout, Line } from './layout';

/** Tells that the password is new. Its one link stops that password and opens nothing (POST-3). */
export function PasswordChangedEmail({
  appName,
  when,
  notMe,
}: {
  appName: string;
  when: string;
  notMe: string | null;
}) {
  return (
    <Layout appName={appName} preview="You were signed out on every device.">
      <Line>{`The password of your ${appName} account was changed on ${when}. You were signed out on every device.`}</Line>
      {notMe === null ? (
        <Line quiet>
          {`If that was you, there is nothing to do. If it was not, go to the sign-in page as you usually do, choose “Forgot password?” to set a new one, and tell whoever runs ${appName}.`}
        </Line>
      ) : (
        <>
          <Line>If that was you, there is nothing to do. If it was not:</Line>
          <ActionLink href={notMe}>This wasn’t me</ActionLink>
          <Line quiet>
            It opens a page where you can stop the new password, so that nobody gets in with it. The link works for 7
            days, once.
          </Line>
        </>
      )}
    </Layout>
  );
}
