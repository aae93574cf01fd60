/**
 * A mail as a mail program shows it. Nothing in it may run or load; its styles are inline, which the page's own policy
 * must allow (proxy.ts).
 * @param links whether its links open, in a tab of their own, or do nothing
 */
export function MailFrame({
  title,
  html,
  links,
  className,
}: {
  title: string;
  html: string;
  links: 'open' | 'dead';
  className: string;
}) {
  const sandbox = links === 'open' ? 'allow-popups allow-popups-to-escape-sandbox' : '';
  return <iframe title={title} sandbox={sandbox} srcDoc={withPolicy(html)} className={className} />;
}

const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><base target="_blank">`;

/** In the head where there is one: ahead of the doctype it would change how the mail is laid out. */
const withPolicy = (html: string): string =>
  /<head\b/i.test(html) ? html.replace(/<head\b[^>]*>/i, (head) => head + policy) : policy + html;
