import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The policy of a table; DynamoDB refuses one that would keep whoever writes it from writing it again. */
export const tablePolicy: PolicyWriter = {
  service: 'dynamodb',
  put: ({ arn: ResourceArn }, Policy) =>
    call('dynamodb', 'putResourcePolicy', { ResourceArn, Policy }),
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html
  mostBytes: 20_480,
  risk: 'safe',
};
