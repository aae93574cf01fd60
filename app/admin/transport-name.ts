const names: Record<string, string> = {
  smtp: 'Mail server',
  'smtp-fallback': 'Second mail server',
  twilio: 'Twilio',
  'inbox-email': 'Local inbox, mail',
  'inbox-sms': 'Local inbox, SMS',
};

/** A transport as people call it. */
export const transportName = (name: string): string => names[name] ?? name;
