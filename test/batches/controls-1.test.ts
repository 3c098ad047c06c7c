import { load } from './batch.ts';

await load('controls', { part: 1, of: 2 });
