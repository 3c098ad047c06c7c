import type { Effects } from './index.ts';

export const iam: Effects = {};
