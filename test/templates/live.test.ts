import { Live } from '../../lib/templates/live.ts';

it('tells of each call and region what AWS said first where it does not answer', async () => {
  const live = new Live('111122223333', async ({ input }, region) => {
    throw new Error(`${input['Bucket']} in ${region}`);
  });
  for (const region of ['eu-west-1', 'us-east-1'])
    for (const Bucket of ['a', 'b']) {
      const call = { service: 's3', operation: 'getBucketPolicy', input: { Bucket } } as const;
      expect(() => live.answer(call, { account: '111122223333', region })).toThrow('is being read');
      await live.settle();
    }
  expect([...live.refused]).toEqual([
    ['s3:GetBucketPolicy in eu-west-1', 'a in eu-west-1'],
    ['s3:GetBucketPolicy in us-east-1', 'a in us-east-1'],
  ]);
});
