import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signForm } from './twilio-signature';

/** One request to send, as Twilio's API names its parts. */
export type SentSms = {
  To: string;
  From?: string;
  MessagingServiceSid?: string;
  Body: string;
  ValidityPeriod?: string;
  StatusCallback?: string;
};

/** What a number answers with, in place of 201. `hang` never answers; `take-and-hang` has taken the message by then. */
export type ScriptedAnswer =
  | { status: number; code?: number; message?: string; body?: string }
  | 'hang'
  | 'take-and-hang';

/** A status callback as Twilio posts it: signed, and for the address that came with the message. */
export type Callback = { url: string; form: [name: string, value: string][]; signature: string };

export type TwilioSimulator = {
  readonly url: string;
  readonly sent: SentSms[];
  /** Every request, right or wrong, as `POST /2010-04-01/…`. */
  readonly requests: string[];
  /** Sockets opened since the start. */
  readonly connections: () => number;
  /** When each of `sent` came, in ms since 1970. */
  readonly times: number[];
  /** @param to a number, or `*` for all that have no script of their own @param answer null: as usual again */
  script(to: string, answer: ScriptedAnswer | null): void;
  /** From now on that number is answered like any other. */
  unscript(to: string): void;
  /** What Twilio would post about a message, not posted yet: a test may change it first. */
  prepare(sid: string, status: string, errorCode?: string): Callback;
  /** Posts it to the StatusCallback of that message. */
  callback(sid: string, status: string, errorCode?: string): Promise<Response>;
  close(): Promise<void>;
};

export const twilioAccount = 'AC00000000000000000000000000000000';
export const twilioToken = 'auth-token-canary';

/** Twilio's name for the nth message that was sent, the first being 1. */
export const messageSid = (number: number): string => `SM${String(number).padStart(32, '0')}`;

/** Posts a callback, with or without a signature, as Twilio or as somebody else. */
export const postCallback = ({ url, form, signature }: Callback, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { 'X-Twilio-Signature': signature, ...headers },
  });

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** `{Body}` in a scripted message quotes the SMS. */
const quoted = (message: string | undefined, { Body }: SentSms): string => (message ?? '').replace('{Body}', Body);

function refuse(response: ServerResponse, status: number, code: number, message: string): void {
  json(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

/** An HTTP server that answers like api.twilio.com for messages and the account. */
export async function startTwilioSimulator(): Promise<TwilioSimulator> {
  const sent: SentSms[] = [];
  const requests: string[] = [];
  const times: number[] = [];
  const scripts = new Map<string, ScriptedAnswer | null>();
  let opened = 0;
  const expected = `Basic ${Buffer.from(`${twilioAccount}:${twilioToken}`).toString('base64')}`;
  const account = `/2010-04-01/Accounts/${twilioAccount}`;

  function take(sms: SentSms): void {
    sent.push(sms);
    times.push(Date.now());
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    requests.push(`${request.method} ${request.url}`);
    if (request.headers.authorization !== expected) return refuse(response, 401, 20003, 'Authenticate');
    if (request.method === 'GET' && request.url === `${account}.json`)
      return json(response, 200, { sid: twilioAccount, status: 'active', type: 'Trial', friendly_name: 'Test' });
    if (request.method !== 'POST' || request.url !== `${account}/Messages.json`)
      return refuse(response, 404, 20404, `The requested resource ${request.url} was not found`);
    const sms = Object.fromEntries(new URLSearchParams(body)) as SentSms;
    const scripted = scripts.get(sms.To) ?? scripts.get('*');
    if (scripted === 'hang') return undefined;
    if (scripted === 'take-and-hang') return take(sms);
    if (scripted?.body !== undefined) {
      response.writeHead(scripted.status, { 'Content-Type': 'text/html' }).end(scripted.body);
      return undefined;
    }
    if (scripted) return refuse(response, scripted.status, scripted.code ?? 0, quoted(scripted.message, sms));
    take(sms);
    const sid = messageSid(sent.length);
    return json(response, 201, {
      sid,
      status: 'queued',
      to: sms.To,
      from: sms.From ?? null,
      error_code: null,
      error_message: null,
    });
  }

  function prepare(sid: string, status: string, errorCode?: string): Callback {
    const sms = sent.find((_sms, index) => messageSid(index + 1) === sid);
    if (!sms?.StatusCallback) throw new Error(`${sid} was sent without a StatusCallback`);
    const form: Callback['form'] = [
      ['SmsSid', sid],
      ['SmsStatus', status],
      ['MessageStatus', status],
      ['To', sms.To],
      ['MessageSid', sid],
      ['AccountSid', twilioAccount],
      ['From', sms.From ?? ''],
      ['ApiVersion', '2010-04-01'],
    ];
    if (errorCode) form.push(['ErrorCode', errorCode]);
    return { url: sms.StatusCallback, form, signature: signForm(sms.StatusCallback, form, twilioToken) };
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', () => {
    opened += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    times,
    requests,
    connections: () => opened,
    prepare,
    callback: (sid, status, errorCode) => postCallback(prepare(sid, status, errorCode)),
    script: (to, scripted) => void scripts.set(to, scripted),
    unscript: (to) => void scripts.delete(to),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
