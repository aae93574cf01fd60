import { type Line, openLine } from '../support/line';
import { type Line as DatabaseLine, lineToPostgres } from '../support/line-to-postgres';
import { providerEnv } from '../support/provider-env';
import { startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { startTwilioSimulator, type TwilioSimulator } from '../support/twilio-simulator';
import { type OwnApp, startApp } from './own-app';

/** The production build with real transports, each behind a line of its own, and the database behind another. */
export type StatusApp = OwnApp & {
  mail: TestSmtpServer;
  phone: TwilioSimulator;
  toPhone: Line;
  toDatabase: DatabaseLine;
};

export async function startStatusApp(): Promise<StatusApp> {
  const [mail, phone] = await Promise.all([startSmtpServer(), startTwilioSimulator()]);
  const [toPhone, toDatabase] = await Promise.all([
    openLine({ host: '127.0.0.1', port: Number(new URL(phone.url).port) }),
    lineToPostgres(),
  ]);
  const { env, forget } = providerEnv(mail, `http://127.0.0.1:${toPhone.port}`);
  const end = async () => {
    toPhone.close();
    toDatabase.close();
    await Promise.all([mail.close(), phone.close()]);
    forget();
  };
  try {
    const app = await startApp({ databasePort: toDatabase.port, env });
    return { ...app, mail, phone, toPhone, toDatabase, stop: () => app.stop().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}
