import { ActionLink, Layout, Line } from './layout';

export type Alert = {
  appName: string;
  ended: boolean;
  /** When it began, or ended. */
  when: string;
  link: string;
  title: string;
  sentence: string;
  advice: string;
};

const moment = ({ ended, when }: Alert): string => (ended ? `It was over on ${when}.` : `It began on ${when}.`);

/** Tells an admin that something is wrong, or no longer (OBS-2). */
export function AlertEmail(alert: Alert) {
  const { appName, ended, link, title, sentence, advice } = alert;
  return (
    <Layout appName={appName} preview={ended ? 'It is over.' : sentence}>
      <Line>
        <b>{ended ? `Over: ${title}` : title}</b>
      </Line>
      {ended ? null : <Line>{`${sentence} ${advice}`}</Line>}
      <Line quiet>{moment(alert)}</Line>
      <ActionLink href={link}>See how it stands</ActionLink>
    </Layout>
  );
}

/** The plain-text half. */
export const alertText = (alert: Alert): string =>
  `${alert.ended ? `Over: ${alert.title}` : `${alert.title}\n\n${alert.sentence} ${alert.advice}`}

${moment(alert)} See how it stands:

${alert.link}
`;
