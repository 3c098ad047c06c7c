import { load } from './batch.ts';

await load('templates', { part: 1, of: 1 });
