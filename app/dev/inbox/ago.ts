/** How long ago something was, as short as a person would say it. @param at ISO 8601 @param now ms since 1970 */
export function ago(at: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400 ? `${at.slice(11, 16)} UTC` : `${at.slice(0, 10)}, ${at.slice(11, 16)} UTC`;
}
