import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { defineControl, fail, pass, propose, unknown } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { s3 } from '../../services/s3.ts';
import { putEncryption } from './shared/bucket-encryption-plan.ts';
import { blocksCustomerKeys, customerKeys, refusesCustomerKeys } from './shared/customer-keys.ts';

export const bucketRefusesCustomerKeys = defineControl(s3Bucket, {
  id: 'PL.S3.2',
  title: 'S3 buckets should refuse objects that are encrypted with keys of customers (SSE-C)',
  severity: 'MEDIUM',
  rationale:
    'Whoever may read and write objects can write them again under a key of their own, which AWS does not keep, and ask a ransom for it.',
  standards: {},
  needs: ['encryption', 'policy'],
  evaluate({ encryption, policy }, { ref }) {
    if (blocksCustomerKeys(encryption)) return pass;
    const parsed = parsePolicy(policy ?? '{"Statement":[]}');
    if ('unreadable' in parsed)
      return unknown(`the bucket policy cannot be made out: ${parsed.unreadable}`);
    const bucket = s3.arn('bucket', ref, ref.id);
    if (parsed.statements.some((one) => refusesCustomerKeys(one, bucket))) return pass;
    return fail('the bucket takes objects that are encrypted with a key of whoever puts them', [
      {
        path: 'encryption.BlockedEncryptionTypes.EncryptionType',
        actual: encryption?.BlockedEncryptionTypes?.EncryptionType ?? null,
        expected: customerKeys,
      },
    ]);
  },
  remediation: {
    advice:
      'Block SSE-C in the default encryption of the bucket. First look for objects that are encrypted so (S3 Inventory, or the uploads in CloudTrail data events): they stay readable, and whoever writes such objects is refused from then on. A policy of the organization that refuses them is not seen here.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html',
    grants: [{ actions: ['s3:PutEncryptionConfiguration'], on: ({ arn }) => [arn] }],
    plan({ encryption }, { ref: { id } }) {
      // S3 has shown an algorithm for every bucket since January 2023, and takes no rule that leaves it open for sure.
      if (!encryption?.ApplyServerSideEncryptionByDefault)
        return propose('the bucket shows no default encryption, which is set first');
      const blocking = (type: 'SSE-C' | 'NONE') =>
        putEncryption(id, { ...encryption, BlockedEncryptionTypes: { EncryptionType: [type] } });
      return {
        kind: 'calls',
        risk: 'disruptive',
        summary: 'refuses whoever writes objects under a key of their own (SSE-C)',
        calls: [blocking('SSE-C')],
        // A rule that says nothing of it leaves what is blocked as it is.
        undo: { calls: [blocking('NONE')], widensAccess: false },
      };
    },
  },
});
