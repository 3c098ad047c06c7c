import { defineService } from './service.ts';

export const sfn = defineService({
  sdk: () => import('@aws-sdk/client-sfn'),
  client: ({ SFN }, settings) => new SFN(settings),
  iam: 'states',
  // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html
  eventSource: 'states.amazonaws.com',
  kinds: {
    statemachine: {
      arn: 'arn:{partition}:states:{region}:{account}:stateMachine:{id}',
      type: 'AWS::StepFunctions::StateMachine',
      named: ['stateMachineArn', 'resourceArn'],
    },
  },
  pages: [{ tokens: ['nextToken', 'nextToken'], operations: ['listStateMachines'] }],
});
