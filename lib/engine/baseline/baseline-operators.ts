import { z } from 'zod';
import { account } from './baseline-accounts.ts';
import { unit } from './baseline-organization.ts';
import { allowed, mapping, shortOr, unique } from './baseline-shapes.ts';
import {
  areFew,
  isOperatorArn,
  operatorAdvice,
  operatorRequests,
  operatorsLimit,
} from './operators.ts';

const operatorArn = z.custom<string>((value) => typeof value === 'string' && isOperatorArn(value), {
  error: ({ input }) => operatorAdvice(input),
});
const atLeastOne = <T extends z.ZodType<readonly unknown[]>>(list: T, what: string) =>
  list.refine((said) => said.length > 0, allowed(`at least one ${what}`)).optional();
/** The ARN of an operator, or with what they may ask for: `{ arn, accounts: ['444455556666'], may: [exempt] }`. */
const operator = shortOr(
  operatorArn,
  mapping({
    arn: operatorArn,
    accounts: atLeastOne(
      unique(account, (id) => id, "accounts, such as ['444455556666']"),
      'account',
    ),
    organizationalUnits: atLeastOne(
      unique(unit, (id) => id, 'organizational units'),
      'organizational unit',
    ),
    may: atLeastOne(
      unique(
        z.enum(operatorRequests, allowed(operatorRequests.join(', '))),
        (ask) => ask,
        `what they may ask for: ${operatorRequests.join(', ')}`,
      ),
      `of ${operatorRequests.join(', ')}`,
    ),
  }),
  (arn) => ({ arn }),
);

/** Who may have something changed. */
export const operators = unique(operator, ({ arn }) => arn, 'ARNs of roles and users')
  .refine((said) => areFew(said.map(({ arn }) => arn)), allowed(operatorsLimit))
  .default([]);
