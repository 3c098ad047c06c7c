import { memory } from './memory.ts';
import { network } from './network.ts';
import { routing } from './routing.ts';

export const kernel = [...routing, ...network, ...memory];
