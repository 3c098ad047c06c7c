import type { Effects } from './effects.ts';

export const secretsmanager: Effects = {
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
  putResourcePolicy: (snapshot, { ResourcePolicy }) => ({ ...snapshot, policy: ResourcePolicy }),
};
