import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Line, openLine } from '../support/line';
import { type Line as DatabaseLine, lineToPostgres } from '../support/line-to-postgres';
import { smtpPassword, smtpUser, startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { startTwilioSimulator, type TwilioSimulator, twilioAccount, twilioToken } from '../support/twilio-simulator';
import { type OwnApp, startApp } from './own-app';

/** The production build with real transports, each behind a line of its own, and the database behind another. */
export type StatusApp = OwnApp & {
  mail: TestSmtpServer;
  phone: TwilioSimulator;
  toPhone: Line;
  toDatabase: DatabaseLine;
};

export async function startStatusApp(): Promise<StatusApp> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-ca-'));
  const [mail, phone] = await Promise.all([startSmtpServer(), startTwilioSimulator()]);
  writeFileSync(join(folder, 'ca.pem'), mail.ca);
  const [toPhone, toDatabase] = await Promise.all([
    openLine({ host: '127.0.0.1', port: Number(new URL(phone.url).port) }),
    lineToPostgres(),
  ]);
  const end = async () => {
    toPhone.close();
    toDatabase.close();
    await Promise.all([mail.close(), phone.close()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const app = await startApp({
      databasePort: toDatabase.port,
      env: {
        EMAIL_HOST: '127.0.0.1',
        EMAIL_PORT: String(mail.port),
        EMAIL_HOST_USER: smtpUser,
        EMAIL_HOST_PASSWORD: smtpPassword,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        TWILIO_ACCOUNT_SID: twilioAccount,
        TWILIO_AUTH_TOKEN: twilioToken,
        TWILIO_PHONE_NUMBER: '+12025550100',
        TWILIO_API_BASE_URL: `http://127.0.0.1:${toPhone.port}`,
      },
    });
    return { ...app, mail, phone, toPhone, toDatabase, stop: () => app.stop().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}
