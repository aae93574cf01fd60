import { PlainBrowser } from '../support/plain-browser';
import { type OwnApp, startApp } from './own-app';
import { person } from './own-people';
import { reaches } from './plain-story';
import { expect, test } from './test';

// Forms that were taken apart and posted again, with other people's parts or home-made ones.

const bo = 'bo@latchkey.test';
let app: OwnApp;

test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo, 'a first password');
});
test.afterAll(() => app?.stop());

test('an action that is replayed with a state of one’s own making is no error', async () => {
  const states = [
    '[]',
    '[null]',
    '["x"]',
    '[[]]',
    '[{"turn":"x"}]',
    '[{"turn":9007199254740991}]',
    '[{"errors":{"email":1}}]',
  ];
  for (const [step, path, holds] of [
    ['start', '/forgot-password', 'name="email"'],
    ['method', '/forgot-password/method', 'name="channel"'],
    ['verify', '/forgot-password/verify', 'name="code"'],
    ['verify', '/forgot-password/verify', 'Resend code'],
    ['new-password', '/forgot-password/new-password', 'name="password"'],
    ['start', '/sign-in', 'name="password"'],
  ] as const) {
    const browser = new PlainBrowser(app.base);
    await reaches(app, browser, bo, step);
    const { hidden, post } = await browser.form(path, holds);
    const state = hidden.find(([name]) => /^\$ACTION_\d+:1$/.test(name))?.[0];
    expect(state).toBeDefined();
    for (const made of states) {
      const forged = hidden.map(([name, value]) => [name, name === state ? made : value] as const);
      const { status } = await post([], forged);
      expect({ path, made, answered: [200, 303].includes(status) }).toEqual({ path, made, answered: true });
    }
  }
});
