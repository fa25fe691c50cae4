import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { callName } from './call-names.ts';

/**
 * Calls `reach` with the name of each boundary of every HTTP request this process makes: about to leave, handed to the
 * operating system whole, and answered but not yet handed to whoever asked.
 * https://nodejs.org/api/diagnostics_channel.html#http
 */
export function watchRequests(reach: (point: string) => void): void {
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    const name = callName(request.method, request.path);
    reach(`${name} request about to leave`);
    request.once('finish', () => {
      reach(`${name} request sent`);
    });
  });
  subscribe('http.client.response.finish', (message) => {
    const { request } = message as { readonly request: ClientRequest };
    reach(`${callName(request.method, request.path)} request answered`);
  });
}
