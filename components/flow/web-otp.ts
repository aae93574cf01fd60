type OtpCredential = { code?: string } | null;
type OtpRequest = { otp: { transport: ['sms'] }; signal: AbortSignal };
type OtpContainer = { get(request: OtpRequest): Promise<OtpCredential> };

/**
 * Fills in the code of an arriving SMS where the browser offers it (WebOTP); never sends it (UX-2).
 * @param form whose submission ends the waiting: who has sent a code is not asked about another one meanwhile
 * @returns a function that stops listening
 */
export function listenForSms(form: HTMLFormElement, fill: (code: string) => void): () => void {
  if (!('OTPCredential' in window) || !('credentials' in navigator)) return () => {};
  const stop = new AbortController();
  const credentials = navigator.credentials as unknown as OtpContainer;
  credentials
    .get({ otp: { transport: ['sms'] }, signal: stop.signal })
    .then((credential) => {
      if (credential?.code && !stop.signal.aborted) fill(credential.code);
    })
    // Refused, aborted or timed out: the person types.
    .catch(() => {});
  form.addEventListener('submit', () => stop.abort(), { signal: stop.signal });
  return () => stop.abort();
}
