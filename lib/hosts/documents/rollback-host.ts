import type { DocumentSource } from '../compile.ts';
import { transactionId } from './transaction-id.ts';

/** Takes a hardening back at once, also one that was confirmed within the last week. */
export const rollbackHost: DocumentSource = {
  name: 'Plumbline-RollbackHost',
  description:
    'Takes a run of Plumbline-HardenHost back and prints one line of JSON: files only where they are still as it wrote them. Exit 0 means that it is taken back.',
  parameters: { Id: transactionId },
  parts: ['take-back'],
  body: [`ssm Id '${transactionId.pattern}'`, 'locate "$REPLY"', 'rollback_main'],
  timeoutSeconds: 600,
};
