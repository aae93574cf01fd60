import { messages, type World } from './world';

/** The token of the link in the newest mail whose subject says so. */
export async function linkIn(world: World, subject: RegExp): Promise<string> {
  const mail = (await messages(world, 'email')).find((one) => subject.test(one.subject ?? ''));
  const token = mail?.text.match(/\/not-me\?token=([\w-]{43})\b/)?.[1];
  if (!token) throw new Error(`no mail with a link says ${subject}`);
  return token;
}

export const codeMail = /is your Latchkey code$/;
export const changedMail = /password was changed$/;

/** Every row that a link could change. */
export async function allRows({ db }: World): Promise<unknown> {
  return {
    users: await db.user.findMany({ orderBy: { id: 'asc' } }),
    sessions: await db.session.findMany({ orderBy: { id: 'asc' } }),
    devices: await db.device.findMany({ orderBy: { id: 'asc' } }),
    challenges: await db.challenge.findMany({ orderBy: { id: 'asc' } }),
    deliveries: await db.delivery.findMany({ orderBy: { id: 'asc' } }),
    tokens: await db.actionToken.findMany({ orderBy: { tokenHash: 'asc' } }),
    audit: await db.auditEvent.findMany({ orderBy: { id: 'asc' } }),
  };
}
