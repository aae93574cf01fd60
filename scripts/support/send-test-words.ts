import type { Channel } from '@/lib/delivery/port';

export const usage = `Say where to:
  npm run send-test -- --email you@example.com
  npm run send-test -- --sms +15551234567`;

const email = `No email provider is set. For Gmail, put these lines in .env:

  EMAIL_HOST_USER=you@gmail.com
  EMAIL_HOST_PASSWORD=the 16 letters of an app password

An app password comes from https://myaccount.google.com/apppasswords (2-Step Verification must be on).
For another provider, add EMAIL_HOST, EMAIL_PORT and DEFAULT_FROM_EMAIL.`;

const sms = `No SMS provider is set. For Twilio, put these lines in .env:

  TWILIO_ACCOUNT_SID=AC…
  TWILIO_AUTH_TOKEN=…
  TWILIO_PHONE_NUMBER=+15551234567

All three are on the first page of https://console.twilio.com.`;

/** Which lines are missing in .env, and where their values come from. */
export const missingProvider = (channel: Channel): string => (channel === 'email' ? email : sms);
