/** Runs once when a server starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startServer } = await import('./lib/server/start-server');
  try {
    await startServer();
  } catch (error) {
    // Next would go on and answer 500 to everything. What runs it starts it again, or shows that it ended.
    console.error('Latchkey could not start:', error);
    process.exit(1);
  }
}
