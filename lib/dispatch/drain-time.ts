/** ms that an ending server gives to what is in hand (DEL-9); whoever ends it by force waits for longer. */
export const DRAIN_MS = 20_000;
