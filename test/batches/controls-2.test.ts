import { loadTables } from './batch.ts';

await loadTables(1);
