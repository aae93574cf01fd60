import { connect } from '@/lib/db/client';
import { type DemoSignIn, seed } from '../../prisma/seed';
import { dataDirectory } from './data-directory';
import { developmentSecrets } from './secrets';

/** Seeds with the passwords that this machine keeps. @param environment e.g. process.env */
export async function seedDemo(url: string, environment: NodeJS.ProcessEnv): Promise<DemoSignIn[]> {
  const db = connect(url);
  try {
    return await seed(db, developmentSecrets(dataDirectory(environment)).passwords);
  } finally {
    await db.$disconnect();
  }
}

/** @returns one line a person, aligned */
export function describeSignIns(signIns: DemoSignIn[]): string[] {
  return signIns.map(({ email, password, changed }) => {
    const shown = changed ? '(changed since; "Forgot password?" sets a new one)' : password;
    return `${email.padEnd(20)}  ${shown}`;
  });
}
