import '@testing-library/jest-dom';

// React reports what is wrong with a component on console.error; a test that passes over it proves little.
let reported: string[] = [];

beforeEach(() => {
  reported = [];
  jest.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    reported.push(parts.map(String).join(' '));
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  if (reported.length > 0) throw new Error(`console.error was called:\n${reported.join('\n')}`);
});
