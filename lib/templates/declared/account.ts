import { accountContacts } from '../../resources/account/account-contacts.ts';
import { ec2ImageRegion } from '../../resources/account/ec2-image-region.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';
import { emrRegion } from '../../resources/account/emr-region.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { s3Account } from '../../resources/account/s3-account.ts';
import { accountKeys } from '../answers/account.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const account: DeclaredType['id'] = ({ properties: { scope } }) =>
  scope.template.deployment.account;
const region: DeclaredType['id'] = ({ properties: { scope } }) => scope.template.deployment.region;
const allBut = (facets: object, told: string): readonly string[] =>
  Object.keys(facets).filter((facet) => facet !== told);

/** Settings of an account, and of one of its regions, that Terraform alone declares. */
export const declaredAccount: readonly DeclaredType[] = [
  {
    type: s3Account,
    as: accountKeys.s3,
    id: account,
    placeOf: placesIn({ publicAccessBlock: '' }),
  },
  {
    type: iamAccount,
    as: accountKeys.passwords,
    id: account,
    untold: allBut(iamAccount.facets, 'passwordPolicy'),
    placeOf: placesIn({ passwordPolicy: '' }),
  },
  {
    type: ec2Region,
    as: accountKeys.encryption,
    id: region,
    untold: allBut(ec2Region.facets, 'ebsEncryption'),
    placeOf: placesIn({ 'ebsEncryption.byDefault': 'Enabled' }),
  },
  {
    type: ec2Region,
    as: accountKeys.metadata,
    id: region,
    untold: allBut(ec2Region.facets, 'metadataDefaults'),
    placeOf: placesIn({ 'metadataDefaults.httpTokens': 'HttpTokens' }),
  },
  {
    type: ec2Region,
    as: accountKeys.serial,
    id: region,
    untold: allBut(ec2Region.facets, 'serialConsole'),
    placeOf: placesIn({ 'serialConsole.isEnabled': 'Enabled' }),
  },
  {
    type: emrRegion,
    as: accountKeys.clusters,
    id: region,
    placeOf: placesIn({
      'publicBlock.isOn': 'BlockPublicSecurityGroupRules',
      'publicBlock.exceptions': 'PermittedPublicSecurityGroupRuleRanges',
    }),
  },
  {
    type: accountContacts,
    as: accountKeys.contacts,
    id: account,
    placeOf: placesIn({ security: '' }),
  },
  {
    type: ec2ImageRegion,
    as: accountKeys.images,
    id: region,
    placeOf: placesIn({ 'imageBlock.state': 'State' }),
  },
];
