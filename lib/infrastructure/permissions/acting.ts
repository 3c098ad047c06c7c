import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { breakersPath } from '../../resources/account/breakers.ts';
import { switchName } from '../../resources/account/switch.ts';
import type { Inbox } from '../constructs/inbox.ts';
import type { Ledger } from '../constructs/ledger.ts';
import type { Grant } from './permissions.ts';

/** What a function shares with the one that acts; there is none where nothing is planned. */
export interface Acting {
  readonly remediations: Inbox;
  readonly ledger: Ledger;
  readonly images: Bucket;
  /** What people are told by. */
  readonly notices: ITopic;
}
/** What evaluating needs of it: its own changes are known by the role that makes them. */
export interface ActingAs extends Acting {
  readonly remediator: IRole;
}

/** The switch, and the breakers. */
export const parametersPath = '/plumbline/*';

export const actingEnvironment = ({ remediations, ledger, images, notices }: Acting) => ({
  REMEDIATIONS_QUEUE_URL: remediations.queue.queueUrl,
  LEDGER_TABLE: ledger.tableName,
  IMAGES_BUCKET: images.bucketName,
  NOTICES_TOPIC_ARN: notices.topicArn,
  SWITCH_PARAMETER: switchName,
  BREAKERS_PATH: breakersPath,
});

/** Looking actions up, and what was there before. */
export const ledgerGrants = ({ ledger, images }: Acting): readonly Grant[] => [
  { actions: ['dynamodb:GetItem'], resources: [ledger.tableArn] },
  { actions: ['s3:GetObject'], resources: [images.arnForObjects('*')] },
];

/** Telling people. */
export const noticesGrant = ({ topicArn }: ITopic): Grant => ({
  actions: ['sns:Publish'],
  resources: [topicArn],
});
