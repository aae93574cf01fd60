/** What may be kept while a step is loaded anew: never a password or a code (UX-4). */
const kept = ['email', 'channel'];
const place = 'latchkey-typed';

const fieldsOf = (form: HTMLFormElement): HTMLInputElement[] =>
  [...form.elements].filter((field) => field instanceof HTMLInputElement);

/** Types into a field as a person would, so that React hears it. */
function type(field: HTMLInputElement, value: string): void {
  if (field.type === 'radio' || field.type === 'checkbox') {
    if ((field.value === value) !== field.checked) field.click();
    return;
  }
  if (field.value === value) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Puts back what a form held when it was sent: React empties a form after every action, a failed one too. */
export function putBack(form: HTMLFormElement, sent: FormData): void {
  for (const field of fieldsOf(form)) {
    const value = sent.get(field.name);
    if (field.type !== 'hidden' && !field.readOnly && typeof value === 'string') type(field, value);
  }
}

/** Keeps the address and the channel for the same step after the page is loaded anew, in this tab alone. */
export function keepForReload(form: HTMLFormElement | null): void {
  if (!form) return;
  const data = [...new FormData(form)].filter(([name]) => kept.includes(name));
  if (data.length > 0) sessionStorage.setItem(place, JSON.stringify(data));
}

/** Once, where this form has such a field. */
export function takeAfterReload(form: HTMLFormElement): void {
  // Where storage is forbidden nothing was kept.
  const text = (() => {
    try {
      return sessionStorage.getItem(place);
    } catch {
      return null;
    }
  })();
  if (text === null) return;
  const data = new FormData();
  for (const [name, value] of JSON.parse(text) as [string, string][]) data.set(name, value);
  if (!fieldsOf(form).some(({ name }) => data.has(name))) return;
  sessionStorage.removeItem(place);
  putBack(form, data);
}
