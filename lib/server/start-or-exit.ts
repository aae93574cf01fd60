/**
 * Starts what a server needs. If that throws, the process ends with 1: Next itself would go on and answer 500 to every
 * request. Whoever runs the server starts it again, or shows that it ended.
 */
export async function startOrExit(): Promise<void> {
  try {
    const { startServer } = await import('./start-server');
    await startServer();
  } catch (error) {
    console.error('Latchkey could not start:', error);
    process.exit(1);
  }
}
