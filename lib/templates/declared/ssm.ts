import { ssmRegion } from '../../resources/account/ssm-region.ts';
import { ssmDocument } from '../../resources/ssm/ssm-document.ts';
import { accountKeys } from '../answers/account.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const ofRegion: Pick<DeclaredType, 'type' | 'id'> = {
  type: ssmRegion,
  id: ({ properties: { scope } }) => scope.template.deployment.region,
};

/** Documents, and what Terraform alone declares of a region. */
export const declaredSsm: readonly DeclaredType[] = [
  {
    type: ssmDocument,
    as: 'AWS::SSM::Document',
    id: ({ name }) => name,
    placeOf: placesIn({ sharing: 'Permissions' }),
  },
  {
    ...ofRegion,
    as: accountKeys.documents,
    untold: ['automationLog'],
    placeOf: placesIn({ 'publicSharing.value': 'Value' }),
  },
  {
    ...ofRegion,
    as: accountKeys.automation,
    untold: ['publicSharing'],
    placeOf: placesIn({ 'automationLog.value': 'Value' }),
  },
];
