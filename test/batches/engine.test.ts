import { load } from './batch.ts';

await load('engine', { part: 1, of: 1 });
