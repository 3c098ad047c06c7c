import { defineService } from './service.ts';

export const sagemaker = defineService({
  sdk: () => import('@aws-sdk/client-sagemaker'),
  client: ({ SageMaker }, settings) => new SageMaker(settings),
  iam: 'sagemaker',
  // https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html
  eventSource: 'sagemaker.amazonaws.com',
  kinds: {
    'notebook-instance': {
      arn: 'arn:{partition}:sagemaker:{region}:{account}:notebook-instance/{id}',
      type: 'AWS::SageMaker::NotebookInstance',
      named: ['NotebookInstanceName', 'ResourceArn'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listTags'] }],
});
