// Scripts run in plain Node, where the real `server-only` always throws. They are servers
// already, so scripts/tsconfig.json resolves that marker to this empty module.
export {};
