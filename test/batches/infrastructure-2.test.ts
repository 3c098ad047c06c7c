import { load } from './batch.ts';

await load('infrastructure', { part: 2, of: 2 });
