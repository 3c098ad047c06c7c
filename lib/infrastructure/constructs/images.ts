import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { KeptFiles } from './kept-files.ts';

/** Before-images too large for the table, each written once; they outlive the stack, since an undo needs them. */
export class Images extends KeptFiles {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      lifecycleRules: [
        {
          expiration: Duration.days(400),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { expiredObjectDeleteMarker: true },
      ],
      unlogged:
        'Two functions use the bucket; the actions that they carry out are kept in the table.',
    });
  }
}
