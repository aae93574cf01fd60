/** For what is no page: nothing in it may run, load or be framed, should a browser ever take it for one. */
export const CLOSED_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** A built script may be a worker's, which has its own file's policy and loads its other parts by itself. */
export const SCRIPT_FILE_POLICY = `${CLOSED_POLICY}; script-src 'self'; connect-src 'self'`;

export type PagePolicy = {
  /** 128 random bits in base64, new for each request. */
  nonce: string;
  /** For pages whose frame of a mail inherits it: mails have no other styles than inline ones. */
  inlineStyles: boolean;
  /** React's development build evaluates strings, and its tools bring styles and a socket. */
  development: boolean;
};

/**
 * WEB-4: what a page may do. Scripts run by their nonce, and load what they need themselves. There is no host in it:
 * a page loads from its own origin, and nothing from anybody else (FLO-6).
 */
export function pagePolicy({ nonce, inlineStyles, development }: PagePolicy): string {
  const anyInline = inlineStyles || development;
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${anyInline ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
