/** How a message travels. */
export type Channel = 'email' | 'sms';

/** A message ready to leave. `to` is an email address or an E.164 number. */
export type OutgoingMessage =
  | { channel: 'email'; to: string; subject: string; text: string; html: string }
  | {
      channel: 'sms';
      to: string;
      text: string;
      /** Seconds the text is worth delivering (DEL-6). */
      validitySeconds: number;
    };

/**
 * What a provider said. `class` is that of DEL-7: this recipient, our account, or passing. `stops` where the answer
 * is about every message, not about this one: a refused sign-in, a spent quota, an unreachable host.
 * `code` is the provider's own (an SMTP reply code, a Twilio error number); `answer` its own words.
 */
export type SendOutcome =
  | { status: 'sent'; provider: string; messageId: string | null; answer: string }
  | {
      status: 'failed';
      provider: string;
      class: 'recipient' | 'account' | 'passing';
      stops: boolean;
      code: string;
      answer: string;
    };

/** How fast a transport may be used: providers refuse or block who sends faster. */
export type Pace = {
  /** Messages under way at once, in this process. */
  parallel: number;
  /** Messages a second that all processes together may begin, and how many at once after a rest. */
  perSecond: number;
  burst: number;
  /** Messages in 24 hours after which the provider refuses, where it says so. */
  perDay?: number;
};

/** One way out for one channel. Never throws for a provider's refusal: that is an outcome. */
export type Transport = {
  /** Unique among the transports; its circuit and its pace are kept under this name. */
  readonly name: 'smtp' | 'smtp-fallback' | 'twilio' | 'inbox-email' | 'inbox-sms';
  readonly channel: Channel;
  readonly pace: Pace;
  /** @param deliveryId names the delivery in what the provider sends back later (DEL-8); a test message has none */
  send(message: OutgoingMessage, deliveryId?: string): Promise<SendOutcome>;
  close(): Promise<void>;
};

/** The transports that are configured, for each channel in the order of preference. */
export type Transports = Partial<Record<Channel, readonly Transport[]>>;
