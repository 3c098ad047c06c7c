import { load } from './batch.ts';

await load('manifests', { part: 1, of: 1 });
