import type { ProviderError } from '@/lib/delivery/provider-errors';

const gmail = 'https://support.google.com/a/answer/3726730';
const rfc5321 = 'https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3';
const rfc4954 = 'https://www.rfc-editor.org/rfc/rfc4954#section-6';
const rfc3207 = 'https://www.rfc-editor.org/rfc/rfc3207#section-4';
const appPasswords = 'https://support.google.com/accounts/answer/185833';
const gmailLimits = 'https://support.google.com/a/answer/166852';
const nodeErrors = 'https://nodejs.org/api/errors.html#common-system-errors';
const nodeTls = 'https://nodejs.org/api/tls.html#x509-certificate-error-codes';

const tlsCertificate = (reading: string): ProviderError => ({
  class: 'account',
  reading,
  hint: 'Write in EMAIL_HOST the name that the certificate carries. Something between may also be reading the traffic: do not work around it.',
  source: nodeTls,
});

/** SMTP replies and socket errors by code (DEL-7). Unknown ones: readSmtpError in provider-errors.ts. */
export const smtpErrors: Readonly<Record<string, ProviderError>> = {
  '421': {
    class: 'passing',
    reading: 'The mail server is busy or closing.',
    hint: 'Wait a little. If it stays, the server may be throttling this address: send less at once.',
    source: gmail,
  },
  '450': {
    class: 'passing',
    reading: 'The mailbox cannot take mail right now, or gets too much of it.',
    hint: 'Wait a few minutes and try again.',
    source: gmail,
  },
  '451': {
    class: 'passing',
    reading: 'The mail server had a problem of its own.',
    hint: 'Wait a few minutes and try again.',
    source: gmail,
  },
  '530': {
    class: 'account',
    reading: 'The mail server wants a sign-in, or TLS first.',
    hint: 'Set EMAIL_HOST_USER and EMAIL_HOST_PASSWORD, and leave EMAIL_USE_TLS on.',
    source: gmail,
  },
  '534': {
    class: 'account',
    reading: 'Google wants an app password, not the password of the account.',
    hint: 'Turn on 2-Step Verification, make an app password at https://myaccount.google.com/apppasswords, and put it in EMAIL_HOST_PASSWORD.',
    source: appPasswords,
  },
  '535': {
    class: 'account',
    reading: 'The mail server did not accept the user name and password.',
    hint: 'For Gmail, EMAIL_HOST_PASSWORD is an app password (16 letters) from https://myaccount.google.com/apppasswords, and EMAIL_HOST_USER the whole address. Changing the Google password cancels app passwords.',
    source: rfc4954,
  },
  '550': {
    class: 'recipient',
    reading: 'The mailbox does not exist or may not be reached.',
    hint: 'Check the address. Others are not affected.',
    source: rfc5321,
  },
  '550 5.1.1': {
    class: 'recipient',
    reading: 'There is no such mailbox.',
    hint: 'Check the address for a typing error.',
    source: gmail,
  },
  '550 5.4.5': {
    class: 'account',
    reading: "Gmail's daily sending limit is reached.",
    hint: 'Gmail allows 500 messages a day, Workspace 2,000. Wait up to 24 hours or use another provider.',
    source: gmailLimits,
  },
  ECONNREFUSED: {
    class: 'passing',
    reading: 'Nothing answers at that host and port.',
    hint: 'Check EMAIL_HOST and EMAIL_PORT: Gmail is smtp.gmail.com, 587 or 465.',
    source: nodeErrors,
  },
  ETIMEDOUT: {
    class: 'passing',
    reading: 'The provider did not answer in time.',
    hint: 'Many hosts block outgoing mail ports: try EMAIL_PORT=465 in place of 587, or ask your host. A firewall looks the same.',
    source: nodeErrors,
  },
  EDNS: {
    class: 'passing',
    reading: 'The name of the host was not found.',
    hint: 'Check EMAIL_HOST for a typing error, and that this machine can look up names.',
    source: nodeErrors,
  },
  ETLS: {
    class: 'account',
    reading: 'The mail server offers no TLS, or it failed. Nothing secret was sent.',
    hint: 'Use a port that offers TLS: 465, or 587 with STARTTLS.',
    source: rfc3207,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: tlsCertificate("The server's certificate is for another name."),
  CERT_HAS_EXPIRED: tlsCertificate("The server's certificate has expired, or this machine's clock is wrong."),
  DEPTH_ZERO_SELF_SIGNED_CERT: tlsCertificate("The server's certificate is signed by itself, so it proves nothing."),
  SELF_SIGNED_CERT_IN_CHAIN: tlsCertificate(
    "The server's certificate comes from an authority that is not trusted here.",
  ),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: tlsCertificate("The server's certificate cannot be traced to a trusted authority."),
  EHEADER: {
    class: 'recipient',
    reading: 'The address or subject holds characters that would break the header, so nothing was sent.',
    hint: 'Look at where that value came from.',
    source:
      'https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/07-Input_Validation_Testing/10-Testing_for_IMAP_SMTP_Injection',
  },
};
