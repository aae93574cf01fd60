import { type IncomingMessage, Server, type ServerResponse } from 'node:http';

/** @returns true where it has answered, so that nothing else sees the request */
type Hook = (request: IncomingMessage, response: ServerResponse) => true | undefined;

// On globalThis, so that one process wraps its servers once: in development start-up runs again whenever it is compiled.
const shared = globalThis as typeof globalThis & { latchkeyHooks?: Map<string, Hook> };

/**
 * Runs a hook on each request of this process's HTTP servers, before Next sees it. Next hands out neither its server
 * nor the requests' sockets, so the servers' own class is wrapped.
 * @param name a second hook of this name takes the first one's place
 */
export function onEveryRequest(name: string, hook: Hook): void {
  if (!shared.latchkeyHooks) {
    const hooks = new Map<string, Hook>();
    shared.latchkeyHooks = hooks;
    const emit = Server.prototype.emit;
    Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]): boolean {
      if (event === 'request')
        for (const each of hooks.values()) if (each(rest[0] as IncomingMessage, rest[1] as ServerResponse)) return true;
      return Reflect.apply(emit, this, [event, ...rest]);
    };
  }
  shared.latchkeyHooks.set(name, hook);
}

export const noLongerOnRequest = (name: string): void => void shared.latchkeyHooks?.delete(name);
