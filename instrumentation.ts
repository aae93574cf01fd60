/** Runs once when a server starts, before its first request. */
export async function register(): Promise<void> {
  // Next compiles this file for Edge as well, which has no process.exit: what needs Node.js is loaded in this branch only.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startOrExit } = await import('./lib/server/start-or-exit');
    await startOrExit();
  }
}
