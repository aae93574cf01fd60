import type { ReactNode } from 'react';
import { inputLook } from '@/components/ui/field';

/** Hidden fields, so that one form keeps what the other chose. */
export const Kept = ({ params }: { params: Record<string, string> }) =>
  Object.entries(params).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);

export const filterLook = `${inputLook} border-line-strong`;

/** A small control with its label above. */
export function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-[0.8125rem] text-muted">
        {label}
      </label>
      {children}
    </div>
  );
}

/** One of a few. */
export function Choice({ name, label, all, of, chosen }: ChoiceProps) {
  return (
    <Labelled id={name} label={label}>
      <select id={name} name={name} defaultValue={chosen ?? ''} className={filterLook}>
        {all === null ? null : <option value="">{all}</option>}
        {of.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  /** The word for no choice, where there may be none. */
  all: string | null;
  of: readonly (readonly [string, string])[];
  chosen: string | null;
};
