import type { EventDetail, Where } from '../../model/resource-type.ts';
import { globalSources } from '../../services/index.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { homeOf, type Scene } from './place.ts';
import type { DropReason } from './triggered.ts';

const isSaid = (said: unknown): boolean => said !== undefined && said !== null && said !== '';

/** Whether a field that AWS writes beside the envelope says something else than it. */
const differs = (said: unknown, known: string): boolean => isSaid(said) && said !== known;

/** The account of an ARN; a bucket's says none, and that of AWS's own is no number. */
const accountIn = (arn: unknown): string | undefined => {
  const owner = text(arn)?.split(':')[4];
  return owner !== undefined && /^\d{12}$/.test(owner) ? owner : undefined;
};

/** Whether each thing that a record is about, and says whose it is, is an account's own, in all that it says. */
const ownedIn = ({ resources }: EventDetail, account: string): readonly boolean[] =>
  list(resources)
    .map(asRecord)
    .flatMap(({ accountId, ARN, arn }) => {
      const said = [ARN, arn].flatMap((one) => accountIn(one) ?? []);
      const owners = [...said, ...(isSaid(accountId) ? [accountId] : [])];
      return owners.length > 0 ? owners.every((owner) => owner === account) : [];
    });

/**
 * Why a record of CloudTrail says nothing of where it comes from. A call on what another account owns is recorded in both
 * accounts, `resources` with the owner's: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * What a service for the world does is recorded in one region.
 */
export const recordFault = (
  detail: EventDetail,
  { where, place }: Scene,
): DropReason | undefined => {
  const { account, region } = where;
  if (differs(detail['awsRegion'], region)) return 'contradictory';
  if (differs(detail['recipientAccountId'], account)) return 'contradictory';
  const isGlobal = globalSources.includes(text(detail['eventSource']) ?? '');
  if (isGlobal && region !== homeOf(place).region) return 'contradictory';
  const owned = ownedIn(detail, account);
  return owned.length > 0 && !owned.includes(true) ? 'notOwned' : undefined;
};

/** The same of an item of AWS Config, which calls the region of what is global so. */
export const itemFault = (
  item: Readonly<Record<string, unknown>>,
  { account, region }: Where,
): DropReason | undefined => {
  if (differs(item['awsAccountId'], account)) return 'contradictory';
  const isElsewhere = differs(item['awsRegion'], region) && item['awsRegion'] !== 'global';
  if (isElsewhere) return 'contradictory';
  const owners = [item['ARN'], item['arn']].flatMap((one) => accountIn(one) ?? []);
  return owners.every((owner) => owner === account) ? undefined : 'notOwned';
};
