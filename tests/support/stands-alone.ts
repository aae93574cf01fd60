/**
 * A few digits as somebody would read them. Nonces, cookies and ids are drawn, and have any four of them inside now and
 * then: a test that looked for those would fail by chance, once in some hundred runs.
 */
export const standsAlone = (digits: string): RegExp => new RegExp(`(?<![A-Za-z0-9+/_=])${digits}(?![A-Za-z0-9+/_=])`);
