import { readFileSync } from 'node:fs';

// Next compiles this file for Edge too. What Edge lacks makes `npm run dev` and the build print a warning each time.
test('instrumentation.ts itself uses nothing of Node.js but its settings', () => {
  const code = readFileSync('instrumentation.ts', 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  expect(code).not.toMatch(/\bprocess\.(?!env\b)|\bfrom ['"]node:/);
  expect(code.match(/process\.env\.\w+/g)).toEqual(['process.env.NEXT_RUNTIME']);
});
