import { defineService } from './service.ts';

export const glue = defineService({
  sdk: () => import('@aws-sdk/client-glue'),
  client: ({ Glue }, settings) => new Glue(settings),
  iam: 'glue',
  // https://docs.aws.amazon.com/glue/latest/dg/monitor-cloudtrail.html
  eventSource: 'glue.amazonaws.com',
  kinds: {
    rootcatalog: { arn: 'arn:{partition}:glue:{region}:{account}:catalog' },
  },
  pages: [],
});
