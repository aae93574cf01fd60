import { solve } from './solve';

/** Beside the page, which stays usable: takes a challenge, answers once, with null where it could not. */
self.onmessage = ({ data }: MessageEvent<string>) => {
  solve(data).then(
    (solved) => self.postMessage(solved),
    () => self.postMessage(null),
  );
};
