import { load } from './batch.ts';

await load('pipeline', { part: 1, of: 1 });
