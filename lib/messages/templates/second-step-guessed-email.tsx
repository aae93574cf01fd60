import { Layout, Line } from './layout';

/** Tells an admin of wrong codes behind their right password. No link: what to do is done at the site itself. */
export function SecondStepGuessedEmail({ appName, when }: { appName: string; when: string }) {
  return (
    <Layout appName={appName} preview="Your password was right each time. If it was not you, change it.">
      <Line>
        {`On ${when} several wrong codes in a row were typed at the second step of your ${appName} sign-in. Your password had been typed correctly before.`}
      </Line>
      <Line>If this was you, there is nothing to do.</Line>
      <Line>
        {`If it was not you, the person knows your password. Nobody got in. Open ${appName} yourself, choose “Forgot password?” and set a new one.`}
      </Line>
    </Layout>
  );
}
