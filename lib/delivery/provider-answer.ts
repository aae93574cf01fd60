import type { OutgoingMessage, SendOutcome } from './port';
import { readSmtpError } from './provider-errors';
import { smtpErrors } from './smtp/errors';
import { stopsTransport } from './stops';

/** A refusal, or a silence. */
export type Failed = Extract<SendOutcome, { status: 'failed' }>;

/** What a provider says to credentials alone, with nothing sent. */
export type CheckOutcome = { status: 'ready'; provider: string; answer: string } | Failed;

const longest = 300;

/**
 * What of a message must not show where a provider quotes it, as spam filters do: whom it went to, its code, its link's
 * token (AUD-2, AUD-3).
 */
export const secretsOf = ({ to, text }: OutgoingMessage): readonly string[] => [
  to,
  ...(text.match(/\b\d{6,20}\b|[\w-]{43}/g) ?? []),
];

/**
 * A mail server's password in every form in which a client says it, for servers that echo what they refuse (AUD-2):
 * AUTH PLAIN and AUTH LOGIN say it in base64. The longest come first, so that none leaves a part of another.
 */
export function passwordForms(user: string, password: string | undefined): readonly string[] {
  if (!password) return [];
  const encoded = [`\u0000${user}\u0000${password}`, password].map((said) => Buffer.from(said).toString('base64'));
  return [...encoded.flatMap((form) => [form, form.replace(/=+$/, '')]), password];
}

/**
 * A provider's own words on one line, at most 300 characters.
 * @param hidden what must not show in them: our secrets, and those of the message
 */
export function plainAnswer(text: string, hidden: readonly (string | undefined)[]): string {
  const line = hidden.reduce<string>((said, word) => (word ? said.replaceAll(word, '…') : said), text);
  const flat = line.replace(/\s+/g, ' ').trim();
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
}

/** By its shape: an error of another realm (a vm, a worker) is no instance of this one's Error. */
export function asError(thrown: unknown): Error {
  const alike = typeof thrown === 'object' && thrown !== null && 'message' in thrown;
  return alike ? (thrown as Error) : new Error(String(thrown));
}

/** `originalCode` is Node's, which nodemailer keeps beside its own, coarser one. */
type SmtpFailure = Error & {
  code?: string;
  originalCode?: string;
  responseCode?: number;
  response?: string;
  command?: string;
};

function socketCode({ code, originalCode }: SmtpFailure): string {
  if (code === 'EABORT') return 'ETIMEDOUT';
  if (originalCode && originalCode in smtpErrors) return originalCode;
  return /CERT|SIGNATURE|ERR_TLS/.test(originalCode ?? '') ? 'ETLS' : (code ?? 'EUNKNOWN');
}

/** `550 5.1.1` where the server gave an enhanced code, else `550`. */
function replyCode(responseCode: number, response: string): string {
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return enhanced ? `${responseCode} ${enhanced}` : String(responseCode);
}

/** Turns what nodemailer threw into an outcome (DEL-7). @param hidden see plainAnswer */
export function smtpFailure(thrown: unknown, hidden: readonly (string | undefined)[]): Failed {
  const error: SmtpFailure = asError(thrown);
  // A server without STARTTLS says 500 or 502 to it: what matters is that there is no TLS.
  const replied = error.responseCode && error.code !== 'ETLS';
  const code = replied ? replyCode(error.responseCode ?? 0, error.response ?? '') : socketCode(error);
  const answer = plainAnswer(error.response || error.message, hidden);
  const { class: found } = readSmtpError(code, error.command);
  return { status: 'failed', provider: 'smtp', class: found, stops: stopsTransport(code), code, answer };
}
