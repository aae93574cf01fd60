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
 * What a provider said. `failed` classes are those of DEL-7: this recipient, our account, or passing.
 * `code` is the provider's own (an SMTP reply code, a Twilio error number); `answer` its own words.
 */
export type SendOutcome =
  | { status: 'sent'; provider: string; messageId: string | null; answer: string }
  | { status: 'failed'; provider: string; class: 'recipient' | 'account' | 'passing'; code: string; answer: string };

/** One way out for one channel. Never throws for a provider's refusal: that is an outcome. */
export type Transport = {
  readonly name: string;
  readonly channel: Channel;
  send(message: OutgoingMessage): Promise<SendOutcome>;
  close(): Promise<void>;
};

/** The transports that are configured, at most one a channel for now. */
export type Transports = Partial<Record<Channel, Transport>>;
