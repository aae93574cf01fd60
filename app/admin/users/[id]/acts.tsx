import { SubmitButton } from '@/components/ui/button';
import type { PersonPage } from '@/lib/admin/people/person';
import {
  changeRoleAction,
  clearCountersAction,
  disableAction,
  enableAction,
  endSessionsAction,
  inviteAction,
} from '../actions';

type Props = {
  action: (form: FormData) => Promise<void>;
  id: string;
  name: string;
  says: string;
  becomes?: 'user' | 'admin';
};

/** One act: what it is called, and what it does, said before it is done. */
function Act({ action, id, name, says, becomes }: Props) {
  return (
    <form action={action} className="border-line border-t py-3 first:border-t-0 first:pt-0">
      <input type="hidden" name="id" value={id} />
      {becomes && <input type="hidden" name="role" value={becomes} />}
      <SubmitButton look="ghost" pending="One moment…">
        {name}
      </SubmitButton>
      <p className="mt-1.5 text-[0.8125rem] text-muted">{says}</p>
    </form>
  );
}

/** What an admin can do for a person. Codes, tokens and passwords are not among it (ADM-3). */
export function Acts({ person: { id, role, disabledAt } }: { person: PersonPage }) {
  return (
    <div>
      <Act
        action={inviteAction}
        id={id}
        name="Ask to set a new password"
        says="A mail with the way there. They prove by a code who they are; you never see it."
      />
      <Act
        action={clearCountersAction}
        id={id}
        name="Forget what was counted"
        says="Wrong codes, failed sign-ins and sends: codes are short again, and the next sign-in is heard at once."
      />
      <Act action={endSessionsAction} id={id} name="Sign out everywhere" says="Every browser that is signed in." />
      {disabledAt ? (
        <Act action={enableAction} id={id} name="Enable" says="They can sign in and ask for codes again." />
      ) : (
        <Act
          action={disableAction}
          id={id}
          name="Disable"
          says="Signed out everywhere, codes and known browsers ended; nothing lets them in until you enable them."
        />
      )}
      {role === 'admin' ? (
        <Act
          action={changeRoleAction}
          id={id}
          becomes="user"
          name="Make no administrator"
          says="Signed out everywhere."
        />
      ) : (
        <Act
          action={changeRoleAction}
          id={id}
          becomes="admin"
          name="Make administrator"
          says="Signed out everywhere; they sign in with a second step from then on."
        />
      )}
    </div>
  );
}
