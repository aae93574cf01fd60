const gmail = new Set(['gmail.com', 'googlemail.com']);

/**
 * The form of an address that limits count by: spellings that reach one mailbox share a bucket. Gmail ignores dots in
 * front of the @, and nearly every server what follows a plus sign. Accounts are never looked up by it (RL-5).
 * @param email as `normaliseEmail` gives it
 */
export function foldedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const [local = ''] = email.slice(0, at).split('+');
  if (!gmail.has(domain)) return `${local || email.slice(0, at)}@${domain}`;
  return `${local.replaceAll('.', '')}@gmail.com`;
}
