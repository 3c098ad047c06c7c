import { load } from './batch.ts';

await load('controls', { part: 2, of: 2 });
