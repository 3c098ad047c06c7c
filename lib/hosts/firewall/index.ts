import { bans } from './bans.ts';
import { filter } from './filter.ts';
import { ports } from './ports.ts';

export const firewall = [...filter, ...ports, ...bans];
