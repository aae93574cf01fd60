import { deliveryMutants } from './delivery';
import { dispatchMutants } from './dispatch';
import { limitMutants } from './limits';
import { signInLimitMutants } from './limits-sign-in';
import type { Mutant } from './mutant';
import { otpMutants } from './otp';
import { lengthMutants } from './otp-lengths';
import { proofMutants } from './proof';
import { resetMutants } from './reset';
import { noticeMutants } from './reset-notices';
import { sessionMutants } from './session';
import { webMutants } from './web';

/** In the order in which they run. */
export const mutants: readonly Mutant[] = [
  ...otpMutants,
  ...lengthMutants,
  ...resetMutants,
  ...noticeMutants,
  ...limitMutants,
  ...signInLimitMutants,
  ...proofMutants,
  ...dispatchMutants,
  ...deliveryMutants,
  ...sessionMutants,
  ...webMutants,
];
