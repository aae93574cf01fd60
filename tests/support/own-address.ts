let last = Math.floor(Math.random() * 2 ** 23);

/**
 * A network address that nobody else in this run has, for X-Forwarded-For: the tests all come from one machine, and
 * limits count by address. Apps under test trust one proxy.
 * @returns such as 10.4.7.19
 */
export function ownAddress(): string {
  last = (last + 1) % 2 ** 24;
  return `10.${last >> 16}.${(last >> 8) & 255}.${last & 255}`;
}
