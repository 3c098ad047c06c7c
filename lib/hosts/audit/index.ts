import { auditDaemon } from './daemon.ts';
import { logs } from './logs.ts';
import { auditRules } from './rules.ts';
import { updates } from './updates.ts';

export const audit = [...auditDaemon, ...auditRules, ...logs, ...updates];
