import type { DocumentParameter } from '../compile.ts';

/** The command id of the HardenHost run that is meant, under which its backup is kept. */
export const transactionId: DocumentParameter = {
  description: 'the command id of the HardenHost run',
  // Nothing is meant by default: it names no run.
  default: '00000000-0000-0000-0000-000000000000',
  pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
};
