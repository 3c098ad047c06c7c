import { withoutOurRefusal } from '../../../lib/controls/s3/shared/plain-http-plan.ts';
import { open, policyOf } from './buckets.ts';

const ours = {
  Sid: 'PlumblineDenyInsecureTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::example', 'arn:aws:s3:::example/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const theirs = open({ Sid: 'Theirs', Principal: { AWS: '111122223333' } });
const blocks = { accountPublicAccessBlock: undefined, publicAccessBlock: undefined };
const takenOut = (policy: string | undefined, before?: string, set: object = {}) =>
  withoutOurRefusal({ policy, ...blocks, ...set }, before, 'example');

describe('the refusal of plain HTTP, taken out of a policy that others have changed since', () => {
  it('leaves every other statement as it is', () => {
    const text = policyOf(theirs);
    expect(takenOut(policyOf(theirs, ours))).toMatchObject({
      calls: [{ operation: 'putBucketPolicy', input: { Bucket: 'example', Policy: text } }],
      wanted: { policy: text },
    });
  });

  it.each<[string, ReturnType<typeof takenOut>]>([
    ['there is no policy any more', takenOut(undefined)],
    ['ours is gone', takenOut(policyOf(theirs))],
    ['there is nothing else', takenOut(policyOf(ours))],
    ['ours does something else now', takenOut(policyOf(theirs, { ...ours, Condition: undefined }))],
    ['ours is there twice', takenOut(policyOf(theirs, ours, ours))],
    ['one of ours was there before', takenOut(policyOf(theirs, ours), policyOf(ours))],
    ['a key stands twice', takenOut(policyOf(theirs, ours).replace('{', '{"Id":"a","Id":"b",'))],
    [
      'the rest is public, and S3 would not take it',
      takenOut(policyOf(open({}), ours), undefined, {
        publicAccessBlock: { BlockPublicPolicy: true },
      }),
    ],
  ])('is left to a person where %s', (_, made) => expect(made).toBeUndefined());
});
