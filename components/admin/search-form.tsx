import { SubmitButton } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';

/** One field and a button beside it. It posts: what is searched for is in no address. */
export function SearchForm({
  action,
  label,
  hint,
  value,
}: {
  action: (form: FormData) => Promise<void>;
  label: string;
  hint: string;
  value: string;
}) {
  return (
    <form action={action} className="mb-4 flex flex-wrap items-start gap-x-3">
      <div className="min-w-0 flex-1 basis-64">
        <TextField
          key={value}
          name="search"
          label={label}
          hint={hint}
          defaultValue={value}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <div className="mt-7 w-32">
        <SubmitButton look="ghost" pending="Searching…">
          Search
        </SubmitButton>
      </div>
    </form>
  );
}
