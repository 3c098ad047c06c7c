import { authentication } from './authentication.ts';
import { daemon } from './daemon.ts';
import { sessions } from './sessions.ts';

export const ssh = [...authentication, ...sessions, ...daemon];
