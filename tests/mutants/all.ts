import { deliveryMutants } from './delivery';
import { dispatchMutants } from './dispatch';
import { limitMutants } from './limits';
import type { Mutant } from './mutant';
import { otpMutants } from './otp';
import { lengthMutants } from './otp-lengths';
import { proofMutants } from './proof';
import { resetMutants } from './reset';
import { sessionMutants } from './session';
import { webMutants } from './web';

/** In the order in which they run. */
export const mutants: readonly Mutant[] = [
  ...otpMutants,
  ...lengthMutants,
  ...resetMutants,
  ...limitMutants,
  ...proofMutants,
  ...dispatchMutants,
  ...deliveryMutants,
  ...sessionMutants,
  ...webMutants,
];
