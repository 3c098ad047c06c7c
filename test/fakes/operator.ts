import type { Operators } from '../../lib/aws/operators.ts';
import { account } from './fake-resource.ts';

/** Who may ask, in tests, and the unique id of that. */
export const operatorArn = `arn:aws:iam::${account}:role/ops`;
export const operatorId = 'AROAOPERATOR00000000A';
export const operators: Operators = {
  named: async (id) => (id === operatorId ? operatorArn : undefined),
};
