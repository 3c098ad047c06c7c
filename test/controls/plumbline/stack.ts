const events = 'arn:aws:events:us-east-1:123456789012:rule';
const sqs = 'arn:aws:sqs:us-east-1:123456789012';
export const changes = `${sqs}:Plumbline-ChangesQueue-1`;
export const rules = [
  `${events}/Plumbline-EventsS3Calls-1`,
  `${events}/Plumbline-EventsIamCalls-1`,
];

export const tls = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sqs:*',
  Resource: changes,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
/** As the stack writes it for each rule. */
export const admit = (rule: string | readonly string[]) => ({
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
  Resource: changes,
  Condition: { ArnEquals: { 'aws:SourceArn': rule } },
});
export const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const rule = (arn = rules[0] ?? '') => ({
  name: arn.split('/').at(-1) ?? '',
  arn,
  state: 'ENABLED',
  targets: [changes],
});
export const queue = (...statements: readonly object[]) => ({
  arn: changes,
  policy: policy(...statements),
});

/** Two rules that send to one queue. */
export const deployed = {
  eventRules: rules.map(rule),
  queues: [queue(tls, ...rules.map(admit)), { arn: `${sqs}:Plumbline-Pages-1`, policy: undefined }],
};
