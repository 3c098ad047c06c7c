import { createHash } from 'node:crypto';
import type { Ref, Where } from '../../model/resource-type.ts';
import { securityhub } from '../../services/securityhub.ts';
import type { ArnPlace } from '../../services/service.ts';

export const productArn = (place: ArnPlace): string => securityhub.arn('product', place);

/** Stable for (account, region, resource, control); an ARN that would pass the limit of 512 is hashed. */
export const findingId = (
  { ref }: { readonly ref: Ref },
  arn: string,
  controlId: string,
): string => {
  const id = `plumbline/${ref.account}/${ref.region}/${controlId}/${arn}`;
  return id.length <= 512
    ? id
    : `plumbline/${ref.account}/${ref.region}/${controlId}/${subjectOf(arn)}`;
};

/** A hash by which a finding's id leads to the row of its resource. */
export const subjectOf = (arn: string): string =>
  createHash('sha256').update(arn).digest('hex').slice(0, 32);

/** What a finding's id says: control and subject; `undefined` for one that is not ours. */
export const controlIn = (
  id: string,
  { account, region }: Where,
): { readonly control: string; readonly subject: string } | undefined => {
  const prefix = `plumbline/${account}/${region}/`;
  const [control, ...rest] = id.startsWith(prefix) ? id.slice(prefix.length).split('/') : [];
  const last = rest.join('/');
  if (control === undefined || last === '') return undefined;
  return { control, subject: /^[0-9a-f]{32}$/.test(last) ? last : subjectOf(last) };
};

/** What names findings to Security Hub. */
export interface FindingIdentifier {
  readonly Id: string;
  readonly ProductArn: string;
}
/** Where a finding stands: in the account and region of its product. */
export const whereOf = ({ ProductArn }: Pick<FindingIdentifier, 'ProductArn'>): Where => {
  const [, , , region = '', account = ''] = ProductArn.split(':');
  return { account, region };
};
export const identifiersOf = (
  { ref, arn }: { readonly ref: Ref; readonly arn: string },
  controls: readonly string[],
): readonly FindingIdentifier[] =>
  controls.map((control) => ({
    Id: findingId({ ref }, arn, control),
    ProductArn: productArn(ref),
  }));
