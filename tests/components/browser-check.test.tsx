import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { CodeForm } from '@/components/flow/code-form';
import { MethodForm } from '@/components/flow/method-form';
import { RequestForm } from '@/components/flow/request-form';
import { SendAgain } from '@/components/flow/send-again';
import { SignInForm } from '@/components/flow/sign-in-form';
import type { FormAction } from '@/lib/form-state';

const sentence = 'Wait, then try again.';
const checking = 'One moment, checking this browser…';

const challenge = '{"challenge":{}}';
const solve = async () => '{"challenge":{},"solution":{}}';

// jsdom has no workers. The true one runs in tests/e2e/proof-of-work.with-javascript.spec.ts.
class TestWorker {
  static answers: (data: string) => Promise<string | null> = solve;
  onmessage: ((event: { data: string | null }) => void) | null = null;
  onerror: (() => void) | null = null;
  postMessage(data: string): void {
    TestWorker.answers(data).then(
      (solved) => this.onmessage?.({ data: solved }),
      () => this.onerror?.(),
    );
  }
  terminate(): void {}
}

beforeEach(() => {
  TestWorker.answers = solve;
  Object.assign(globalThis, { Worker: TestWorker });
});
afterEach(() => Reflect.deleteProperty(globalThis, 'Worker'));

/** A server that asks for a proof until it gets one that `passes`, and writes down what it got. */
function server(passes: (proof: string) => boolean, seconds = 20) {
  const got: Record<string, FormDataEntryValue>[] = [];
  const action: FormAction = async ({ turn }, form) => {
    got.push(Object.fromEntries(form));
    if (passes(String(form.get('proof') ?? ''))) return { turn: turn + 1, message: 'Done.' };
    const errors = { code: sentence, email: sentence, channel: sentence, resend: sentence };
    return { turn: turn + 1, message: sentence, errors, proof: { challenge, seconds } };
  };
  return { action, got };
}
const solved = (proof: string) => proof.includes('"solution"');

const codeForm = (action: FormAction) => <CodeForm action={action} flow="t" secondsLeft={600} asOf={1} triesLeft={5} />;
const forms: [string, (action: FormAction) => ReactElement, Record<string, string>][] = [
  ['Continue', (action) => <RequestForm action={action} email="a@b.test" />, { email: 'a@b.test' }],
  [
    'Send code',
    (action) => <MethodForm action={action} flow="t" email="a@b.test" offered={['sms']} />,
    { channel: 'sms' },
  ],
  ['Verify code', codeForm, { flow: 't' }],
  [
    'Resend code',
    (action) => (
      <SendAgain
        {...{ action, name: 'resend', flow: 't', label: 'Resend code', waiting: 'Resend code' }}
        {...{ waitSeconds: 0, asOf: 1, sendsLeft: 4 }}
      />
    ),
    { flow: 't' },
  ],
  ['Sign in', (action) => <SignInForm action={action} next="/account" />, { next: '/account' }],
];

describe('RL-2: where the server asks for a proof of work', () => {
  test.each(forms)('"%s" works and sends the same once more, by itself', async (label, form, sent) => {
    const { action, got } = server(solved);
    render(form(action));
    await userEvent.click(screen.getByRole('button', { name: label }));
    await waitFor(() => expect(got).toHaveLength(2));
    const [first, second] = got;
    expect(first).toMatchObject(sent);
    expect(second).toEqual({ ...first, proof: expect.stringContaining('"solution"') });
    expect(await screen.findByRole('button', { name: label })).toBeEnabled();
    expect(screen.queryByText(sentence)).not.toBeInTheDocument();
  });

  test('the typed code stays in its field meanwhile, and a screen reader hears why it takes a moment', async () => {
    let go = (): void => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    TestWorker.answers = () => held.then(solve);
    const { action, got } = server(solved);
    render(codeForm(action));
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    await userEvent.type(screen.getByLabelText('Code from the message'), '482917{Enter}');
    const button = await screen.findByRole('button', { name: checking });
    expect(button).toBeDisabled();
    expect(screen.getByRole('status')).toHaveTextContent('checking this browser');
    expect(screen.getByLabelText('Code from the message')).toHaveValue('482917');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    go();
    await waitFor(() => expect(got.at(-1)).toMatchObject({ code: '482917', proof: expect.any(String) }));
    expect(got).toHaveLength(2);
    await waitFor(() => expect(screen.getByRole('status')).toBeEmptyDOMElement());
  });

  test.each<[string, () => void]>([
    ['no worker runs', () => Reflect.deleteProperty(globalThis, 'Worker')],
    [
      'the worker breaks',
      () => {
        TestWorker.answers = () => Promise.reject(new Error('no memory'));
      },
    ],
    [
      'it cannot be solved',
      () => {
        TestWorker.answers = async () => null;
      },
    ],
  ])('where %s it waits, and sends the same with the challenge as it is', async (_, breaks) => {
    breaks();
    const { action, got } = server((proof) => proof !== '', 0.05);
    render(codeForm(action));
    await userEvent.type(screen.getByLabelText('Code from the message'), '482917{Enter}');
    await waitFor(() => expect(got.at(-1)).toMatchObject({ code: '482917', proof: challenge }));
  });

  test('where a proof is refused it tries once more, then the person is told, and the form carries the challenge', async () => {
    const { action, got } = server(() => false);
    render(codeForm(action));
    await userEvent.type(screen.getByLabelText('Code from the message'), '482917{Enter}');
    const field = screen.getByLabelText('Code from the message');
    await waitFor(() => expect(field).toHaveFocus());
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    expect(got).toHaveLength(3);
    const carried = document.querySelector<HTMLInputElement>('input[name="proof"]');
    expect(carried?.value).toBe(challenge);
    expect(screen.getByRole('button', { name: 'Verify code' })).toBeEnabled();
  });
});
