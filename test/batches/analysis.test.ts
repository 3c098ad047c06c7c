import { load } from './batch.ts';

await load('analysis', { part: 1, of: 1 });
