import { containers } from './containers.ts';
import { daemon } from './daemon.ts';

export const docker = [...daemon, ...containers];
