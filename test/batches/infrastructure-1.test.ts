import { load } from './batch.ts';

await load('infrastructure', { part: 1, of: 2 });
