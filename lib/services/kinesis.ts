import { defineService } from './service.ts';

export const kinesis = defineService({
  // The SDK speaks HTTP/2 to Kinesis, for calls that nobody makes here; a proxy or the local AWS may know HTTP/1.1 alone.
  sdk: async () => ({
    ...(await import('@aws-sdk/client-kinesis')),
    ...(await import('@smithy/node-http-handler')),
  }),
  client: ({ Kinesis, NodeHttpHandler }, { requestHandler, ...settings }) =>
    new Kinesis({ ...settings, requestHandler: new NodeHttpHandler(requestHandler) }),
  iam: 'kinesis',
  // https://docs.aws.amazon.com/streams/latest/dev/logging-using-cloudtrail.html
  eventSource: 'kinesis.amazonaws.com',
  kinds: {
    stream: {
      arn: 'arn:{partition}:kinesis:{region}:{account}:stream/{id}',
      type: 'AWS::Kinesis::Stream',
      named: ['StreamName', 'StreamARN', 'StreamId', 'ResourceARN'],
    },
    // What it encrypts with: IAM checks the calls that say so on the key as well.
    kmsKey: { arn: 'arn:{partition}:kms:{region}:{account}:key/{id}', named: ['KeyId'] },
  },
  pages: [],
  // The same page, of data events.
  dataCalls: /Records?$|^(GetShardIterator|SubscribeToShard)$/,
});
