import { seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';
import { describeError, log } from '@/lib/log';
import { checkWording, type Service } from '@/lib/messages/check-wording';
import { isWordedKind, type Wording } from '@/lib/messages/standard-wordings';
import { within } from '@/lib/within';

/** ms after which words that another process saved are used here too. */
const REMEMBERED_MS = seconds(5);
/** The same after the database did not answer: the words of before go on. */
const AGAIN_MS = seconds(1);
/** Codes wait no longer for their words, ms (TIM-2). */
const PATIENCE_MS = seconds(5);

type Row = { kind: string; channel: Channel; version: number; subject: string | null; body: string };

const keyOf = (kind: string, channel: Channel): string => `${kind} ${channel}`;

/**
 * The admins' words, remembered in each process: one statement in five seconds while messages leave, and none for a
 * message. Words that do not pass their check any more, as under a longer APP_NAME or host, are left out with a warning:
 * a code leaves in the standard words rather than not at all. So it does where they cannot be read.
 */
export class WordingsInForce {
  readonly #db: Database;
  readonly #service: Service;
  readonly #rememberedMs: number;
  readonly #warned = new Set<string>();
  #words: ReadonlyMap<string, Wording> = new Map();
  #until = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  /** @param rememberedMs for tests that change words and send at once */
  constructor(
    { db, appName, origin }: { db: Database; appName: string; origin: URL },
    rememberedMs: number = REMEMBERED_MS,
  ) {
    this.#db = db;
    this.#service = { appName, host: origin.hostname };
    this.#rememberedMs = rememberedMs;
  }

  /** @returns null for the standard words */
  async of(kind: string, channel: Channel): Promise<Wording | null> {
    if (!isWordedKind(kind)) return null;
    if (performance.now() >= this.#until) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    return this.#words.get(keyOf(kind, channel)) ?? null;
  }

  async #read(): Promise<void> {
    try {
      const asked = this.#db.$queryRaw<Row[]>`
        SELECT kind::text, channel::text, version, subject, body FROM (
          SELECT DISTINCT ON (kind, channel) * FROM "MessageWording" ORDER BY kind, channel, version DESC
        ) newest WHERE body IS NOT NULL`;
      const rows = await within(PATIENCE_MS, asked);
      this.#words = new Map(rows.flatMap((row) => this.#checked(row)));
      this.#until = performance.now() + this.#rememberedMs;
    } catch (error) {
      log.warn(describeError(error), 'could not read the words of messages: those of before go on');
      this.#until = performance.now() + AGAIN_MS;
    }
  }

  #checked({ kind, channel, version, subject, body }: Row): [string, Wording][] {
    if (!isWordedKind(kind)) return [];
    const checked = checkWording(kind, channel, { subject, body }, this.#service);
    if (checked.ok) return [[keyOf(kind, channel), checked.wording]];
    const name = `${keyOf(kind, channel)} ${version}`;
    if (!this.#warned.has(name)) {
      this.#warned.add(name);
      const problems = checked.problems.map(({ type }) => type);
      log.warn({ kind, channel, version, problems }, 'these words do not fit any more: the standard ones go out');
    }
    return [];
  }
}
