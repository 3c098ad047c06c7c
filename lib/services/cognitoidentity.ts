import { defineService } from './service.ts';

export const cognitoidentity = defineService({
  sdk: () => import('@aws-sdk/client-cognito-identity'),
  client: ({ CognitoIdentity }, settings) => new CognitoIdentity(settings),
  iam: 'cognito-identity',
  // https://docs.aws.amazon.com/cognito/latest/developerguide/logging-using-cloudtrail.html
  eventSource: 'cognito-identity.amazonaws.com',
  kinds: {
    identitypool: {
      arn: 'arn:{partition}:cognito-identity:{region}:{account}:identitypool/{id}',
      type: 'AWS::Cognito::IdentityPool',
      named: ['IdentityPoolId'],
    },
  },
  pages: [],
});
