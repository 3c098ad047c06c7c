import type { Effects } from './index.ts';

export const ec2: Effects = {};
