import type { Effects } from './effects.ts';

// https://docs.aws.amazon.com/glue/latest/webapi/API_PutResourcePolicy.html
export const glue: Effects = {
  putResourcePolicy: (snapshot, { PolicyInJson }) => ({ ...snapshot, policy: PolicyInJson }),
};
