/** Another system's published numbers, and what they let through. */
export type Peer = {
  name: string;
  digits: number;
  /** Guesses a day at one account from one network; null where nothing but the server's speed bounds them. */
  oneNetwork: number | null;
  /** The same from any number of networks. */
  anyNetworks: number | null;
  why: string;
};

/** Guesses a second that a small server answers: the bound of those that have none. */
export const SERVER_GUESSES_A_SECOND = 100;
const A_DAY = 24 * 60 * 60;
export const UNBOUNDED = SERVER_GUESSES_A_SECOND * A_DAY;

/** As their defaults stand in their own documents and code. A new code gives the tries back in all three. */
export const peers: readonly Peer[] = [
  {
    name: 'better-auth',
    digits: 6,
    oneNetwork: 3 * 24 * 60,
    anyNetworks: null,
    why: '3 tries a code, new codes give them back; 3 requests a minute, network and path',
  },
  {
    name: 'Supabase Auth',
    digits: 6,
    oneNetwork: 360 * 24,
    anyNetworks: null,
    why: 'no cap of tries a code, which lives 24 h; 360 verifications an hour and network',
  },
  {
    name: 'Ory Kratos',
    digits: 6,
    oneNetwork: null,
    anyNetworks: null,
    why: '5 tries a flow, any number of flows; no limit of its own by network or address',
  },
];
