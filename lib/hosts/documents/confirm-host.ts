import type { DocumentSource } from '../compile.ts';
import { transactionId } from './transaction-id.ts';

/** Ends the waiting of a hardening, once new connections and the changed controls hold. */
export const confirmHost: DocumentSource = {
  name: 'Plumbline-ConfirmHost',
  description:
    'Confirms a run of Plumbline-HardenHost: proves by new connections that the host can be reached, evaluates again, and keeps the changes. Exit 0 means confirmed.',
  parameters: { Id: transactionId },
  parts: ['confirm'],
  body: [`ssm Id '${transactionId.pattern}'`, 'locate "$REPLY"', 'confirm_main'],
  timeoutSeconds: 300,
};
