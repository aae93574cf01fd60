import type { MessagePreview } from '@/lib/admin/messages/preview-message';
import type { FormState } from '@/lib/form-state';

/** What the form of a message's words says. */
export type WordingState = FormState & {
  /** The typed words as a message, where they could be one. */
  preview?: MessagePreview;
  /** The version in force by now, where somebody else has saved meanwhile. */
  seen?: number;
};
