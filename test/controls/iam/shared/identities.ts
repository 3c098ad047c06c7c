/** Ids that the harness makes ARNs of, so that they tell which kind of identity it is. */
export const user = 'user/people/alice';
export const group = 'group/operators';
export const role = 'role/app/orders';
export const permissionSet =
  'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Ops_0123456789abcdef';

const document = (statement: object) =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
/** Gives others a way into the account. */
export const administers = [document({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })];
/** Changes only the holder's own keys. */
export const servesItself = [
  document({
    Effect: 'Allow',
    Action: ['iam:CreateAccessKey', 'iam:UpdateAccessKey'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    Resource: 'arn:aws:iam::*:user/${aws:username}',
  }),
];
export const unreadable = ['no policy'];
