import { s3Account } from '../../../lib/resources/account/s3-account.ts';
import { s3AccessPoint } from '../../../lib/resources/s3/s3-access-point.ts';
import { s3Bucket } from '../../../lib/resources/s3/s3-bucket.ts';
import { accountId, awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(s3Account);

const aws = awsForTests();
const blocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: false,
};
const ofTheAccount = () => aws.reader().read(s3Account, refOf(accountId), ['publicAccessBlock']);
const ofABucket = () =>
  aws.reader().read(s3Bucket, refOf('account-tests'), ['accountPublicAccessBlock']);
const ofAnAccessPoint = () =>
  aws.reader().read(s3AccessPoint, refOf('account-tests'), ['accountPublicAccessBlock']);

describe("the account's public access block", () => {
  beforeAll(async () => {
    const s3control = await aws.clients()('s3control');
    await s3control.deletePublicAccessBlock({ AccountId: accountId });
    const s3 = await aws.clients()('s3');
    await s3.createBucket({ Bucket: 'account-tests' });
  });

  it('is absent until it is set', async () => {
    expect(await ofTheAccount()).toMatchObject({
      facets: { publicAccessBlock: { value: undefined } },
    });
    expect(await ofABucket()).toMatchObject({
      facets: { accountPublicAccessBlock: { value: undefined } },
    });
  });

  it('is read once it is set, and each bucket and access point borrows it', async () => {
    const s3control = await aws.clients()('s3control');
    await s3control.putPublicAccessBlock({
      AccountId: accountId,
      PublicAccessBlockConfiguration: blocks,
    });
    expect(await ofTheAccount()).toMatchObject({
      facets: { publicAccessBlock: { value: blocks } },
    });
    for (const borrowed of [ofABucket, ofAnAccessPoint])
      expect(await borrowed()).toMatchObject({
        facets: { accountPublicAccessBlock: { value: blocks } },
      });
    await s3control.deletePublicAccessBlock({ AccountId: accountId });
  });

  it.each(['PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock'])(
    'is announced by %s, in the account that the event is from',
    (eventName) => {
      const announcements = s3Account.live.announcements.flatMap((one) =>
        one.via === 'cloudtrail' && eventName in one.calls
          ? [{ effect: one.calls[eventName], ids: one.idsIn({ eventName }, accountId) }]
          : [],
      );
      expect(announcements).toEqual([{ effect: ['publicAccessBlock'], ids: [accountId] }]);
    },
  );
});
