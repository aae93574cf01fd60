import type { Database } from '@/lib/db/client';

/** Whether anybody outside @latchkey.test has an account: a demonstration and its people stay away then (CFG-1). */
export const hasRealPeople = async (db: Database): Promise<boolean> =>
  (await db.user.count({ where: { NOT: { email: { endsWith: '@latchkey.test' } } } })) > 0;

export const demoAdmin = 'admin@latchkey.test';

/** Whether the admin that a demonstration seeds is one here, and could sign in (ADM-4). */
export const hasDemoAdmin = async (db: Database): Promise<boolean> =>
  (await db.user.count({ where: { email: demoAdmin, role: 'admin', disabledAt: null } })) > 0;
