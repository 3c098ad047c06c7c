import type { Effects } from './index.ts';

export const rds: Effects = {};
