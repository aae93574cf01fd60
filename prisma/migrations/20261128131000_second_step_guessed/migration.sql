-- An admin hears of repeated wrong codes behind their right password.
ALTER TYPE "DeliveryKind" ADD VALUE 'second_step_guessed';
