import { loadEnvironment } from './support/environment';
import { sendTestCommand } from './support/send-test';

// npm run send-test -- --email you@example.com
// npm run send-test -- --sms +15551234567
loadEnvironment();
process.exitCode = await sendTestCommand(process.argv.slice(2), process.env, (line) => console.log(line));
// Pooled connections would keep the process.
process.exit();
