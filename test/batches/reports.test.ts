import { load } from './batch.ts';

await load('reports', { part: 1, of: 1 });
