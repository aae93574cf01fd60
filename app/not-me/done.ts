/** How a press of the link's button ended: the page says so under an address without the token. */
const all = ['cancelled', 'too-late', 'operator-told', 'ask-operator'] as const;
export type NotMeDone = (typeof all)[number];

/** @param value anything a URL brought */
export const isDone = (value: unknown): value is NotMeDone => all.some((one) => one === value);

/** @param done none where the link was good for nothing */
export const notMePath = (done?: NotMeDone): string => (done ? `/not-me?done=${done}` : '/not-me');
