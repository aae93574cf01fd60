import type { IncomingHttpHeaders } from 'node:http';
import { ownAddress } from './own-address';
import { type RawAnswer, rawRequest } from './raw-request';

/** What came back: the sentences by field, and where it leads. */
export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  location: string | null;
  body: string;
  errors: Record<string, string>;
};

type Value = string | Blob;
type Fields = readonly (readonly [name: string, value: Value])[];

export type PlainForm = {
  /** Hidden fields as the page wrote them: the flow's tag, and what Next wants to find its action. */
  hidden: Fields;
  /**
   * Posts the hidden fields and these, in this order; a name may come twice. `hidden` replaces them, `headers` the
   * origin of the page, and the jar’s cookies where they bring others.
   */
  post: (fields: Fields, hidden?: Fields, headers?: Record<string, string>) => Promise<Answer>;
};

const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .trim();

const attribute = (tag: string, name: string): string => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** One request, and all that came back. */
export type Heard = RawAnswer & { method: string; path: string };

/** A browser with a cookie jar and nothing else, in a network of its own: it sends what a form would never let a person type. */
export class PlainBrowser {
  readonly #jar = new Map<string, string>();
  readonly #base: string;
  readonly #headers: Record<string, string>;
  /** Everything that it was ever told, in order. */
  readonly heard: Heard[] = [];

  /** @param headers sent with every request, such as a forged X-Forwarded-Host */
  constructor(base: string, headers: Record<string, string> = {}) {
    this.#base = base;
    this.#headers = { 'x-forwarded-for': ownAddress(), ...headers };
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#jar;
  }

  async get(path: string): Promise<Answer> {
    return this.#ask('GET', path, {});
  }

  /** @param holds a field or button by which the form is told from the others of the page */
  async form(path: string, holds: string): Promise<PlainForm> {
    const { body } = await this.get(path);
    const form = (body.match(/<form[\s\S]*?<\/form>/g) ?? []).find((html) => html.includes(holds));
    if (!form) throw new Error(`${path} has no form with ${holds}`);
    const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(
      ([tag]) => [attribute(tag, 'name'), attribute(tag, 'value')] as const,
    );
    const post = (fields: Fields, instead: Fields = hidden, headers?: Record<string, string>) => {
      const data = new FormData();
      for (const [name, value] of [...instead, ...fields]) data.append(name, value);
      const encoded = new Response(data);
      const given = {
        'content-type': encoded.headers.get('content-type') ?? '',
        ...(headers ? {} : { origin: this.#base }),
      };
      return encoded.arrayBuffer().then((body) => this.#ask('POST', path, given, new Uint8Array(body), headers));
    };
    return { hidden, post };
  }

  // Not by fetch, which never sends a Host of one's own.
  async #ask(
    method: string,
    path: string,
    given: Record<string, string>,
    sent?: Uint8Array,
    own?: Record<string, string>,
  ): Promise<Answer> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...given, cookie, ...this.#headers, ...own };
    const answer = await rawRequest(this.#base, { method, path, headers, ...(sent ? { body: sent } : {}) });
    this.heard.push({ method, path, ...answer });
    const { status, headers: answered, body } = answer;
    for (const line of answered['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#jar.set(name, value);
    }
    const found = [...body.matchAll(/<([a-z]+)[^>]*\bid="(\w+)-error"[^>]*>([\s\S]*?)<\/\1>/g)];
    const errors = Object.fromEntries(found.map(([, , name, html]) => [name, plain(html ?? '')]));
    return { status, headers: answered, location: answered.location ?? null, body, errors };
  }
}
