import { audit } from '@/lib/audit/audit';
import type { Database } from '@/lib/db/client';
import { hashPassword, verifyPassword } from '@/lib/users/password-hash';
import { demoAdmin } from '@/lib/users/real-people';

const people = [
  { email: 'ana@latchkey.test', name: 'Ana', phone: '+12025550123', role: 'user' },
  { email: demoAdmin, name: 'Admin', phone: null, role: 'admin' },
] as const;

export type DemoEmail = (typeof people)[number]['email'];
export const demoEmails = people.map(({ email }) => email);

/** `changed`: somebody set another password since, so the one that is given here does not sign in. */
export type DemoSignIn = { email: DemoEmail; password: string; changed: boolean };

/**
 * Makes the two people of the demonstration where they are missing, and leaves them alone where they are there.
 * @param passwords in clear, as they are shown to whoever runs this
 * @param missing `stay-out`: whoever is missing is not made
 * @returns those who are there afterwards
 */
export async function seed(
  db: Database,
  passwords: Record<DemoEmail, string>,
  missing: 'are-made' | 'stay-out' = 'are-made',
): Promise<DemoSignIn[]> {
  const signIns: DemoSignIn[] = [];
  for (const { email, name, phone, role } of people) {
    const password = passwords[email];
    let user = await db.user.findUnique({ where: { email } });
    if (!user && missing === 'stay-out') continue;
    if (!user) {
      const at = new Date();
      const passwordHash = await hashPassword(password);
      const verified = { emailVerifiedAt: at, phone, phoneVerifiedAt: phone && at };
      // Two commands may seed at once: the first one counts.
      await db.user.createMany({ data: [{ email, name, role, passwordHash, ...verified }], skipDuplicates: true });
      user = await db.user.findUnique({ where: { email } });
      if (user) await audit(db, { at, type: 'user_created', subjectId: user.id, detail: { by: 'seed' } });
    }
    const changed = !user?.passwordHash || !(await verifyPassword(user.passwordHash, password));
    signIns.push({ email, password, changed });
  }
  return signIns;
}
